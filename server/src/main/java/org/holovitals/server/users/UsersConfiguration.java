package org.holovitals.server.users;

import java.time.Clock;
import org.holovitals.server.base.Ids;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class UsersConfiguration {

    @Bean
    Users users(JdbcClient jdbc, Ids ids, Clock clock) {
        return new Users(jdbc, ids, clock);
    }
}
