package org.holovitals.server.chat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import org.holovitals.server.base.Ids;
import org.holovitals.server.vault.Vault;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What tells of the ends of analyses: also in a worker's process, where there are no callers. */
@Configuration(proxyBeanMethods = false)
class DeliveryConfiguration {

    @Bean
    Sealing chatSealing(Vault vault, ObjectMapper json) {
        return new Sealing(vault, json);
    }

    @Bean
    Shelf.Making chatMaking(Sealing sealing, Ids ids, Clock clock) {
        return new Shelf.Making(sealing, ids, clock);
    }

    @Bean
    Deliveries deliveries(JdbcClient jdbc, Shelf.Making making) {
        return new Deliveries(new Conversations(jdbc), new EscalatedMessages(jdbc), making);
    }
}
