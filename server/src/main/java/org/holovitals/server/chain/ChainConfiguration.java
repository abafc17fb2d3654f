package org.holovitals.server.chain;

import java.time.Clock;
import org.holovitals.server.base.Ids;
import org.holovitals.server.database.Pools;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class ChainConfiguration {

    @Bean(destroyMethod = "close")
    AuditChain auditChain(Pools pools, ChainSettings settings, Ids ids, Clock clock) {
        return AuditChain.open(pools, settings, ids, clock);
    }

    @Bean(destroyMethod = "close")
    ChainThread chainThread(AuditChain chain, JdbcClient jdbc, ChainSettings settings, Clock clock) {
        return new ChainThread(chain, new Partitions(jdbc), settings.interval(), clock).start();
    }
}
