package org.holovitals.server.audit;

import org.holovitals.server.base.Ids;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class AuditConfiguration {

    @Bean
    AuditLogs auditLogs(JdbcClient jdbc, Ids ids) {
        return new AuditLogs(jdbc, ids);
    }
}
