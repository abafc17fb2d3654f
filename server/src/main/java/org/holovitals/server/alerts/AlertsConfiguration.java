package org.holovitals.server.alerts;

import java.time.Clock;
import org.holovitals.server.base.Ids;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class AlertsConfiguration {

    @Bean
    Alerts alerts(JdbcClient jdbc, Ids ids, Clock clock) {
        return new Alerts(jdbc, ids, clock);
    }
}
