package org.holovitals.server.users;

import java.time.Clock;
import org.holovitals.server.base.Ids;
import org.holovitals.server.database.RowAccess;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.security.SecurityProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class UsersConfiguration {

    @Bean
    Users users(JdbcClient jdbc, Ids ids, Clock clock) {
        return new Users(jdbc, ids, clock);
    }

    @Bean
    PatientKeys patientKeys(JdbcClient jdbc) {
        return new PatientKeys(jdbc);
    }

    @Bean
    UserSessions userSessions(JdbcClient jdbc, Ids ids) {
        return new UserSessions(jdbc, ids);
    }

    /** Read before the first request comes. */
    @Bean
    Revocations revocations(JdbcClient jdbc, Ids ids, Clock clock) {
        Revocations revocations = new Revocations(jdbc, ids, clock);
        revocations.reload();
        return revocations;
    }

    @Bean
    @ConditionalOnWebApplication
    FilterRegistrationBean<AccountFilter> accountFilter(
            Users users, UserSessions sessions, JdbcClient jdbc, RowAccess access, Clock clock) {
        FilterRegistrationBean<AccountFilter> filter = new FilterRegistrationBean<>(
                new AccountFilter(new Accounts(users, sessions, new OwnRecords(jdbc, access), clock)));
        filter.addUrlPatterns("/fhir/*", "/api/*", "/oauth2/introspect");
        filter.setOrder(SecurityProperties.DEFAULT_FILTER_ORDER + 10);
        return filter;
    }
}
