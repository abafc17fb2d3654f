package org.holovitals.server.notifications;

import java.time.Clock;
import org.holovitals.server.base.Ids;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class NotificationsConfiguration {

    @Bean
    Notifications notifications(JdbcClient jdbc, Ids ids, Clock clock) {
        return new Notifications(jdbc, ids, clock);
    }
}
