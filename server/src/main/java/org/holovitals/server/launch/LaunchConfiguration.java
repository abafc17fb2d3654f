package org.holovitals.server.launch;

import java.time.Clock;
import org.holovitals.server.access.IdentityLink;
import org.holovitals.server.access.Issuer;
import org.holovitals.server.access.IssuerTokens;
import org.holovitals.server.access.VisibleRecords;
import org.holovitals.server.audit.AuditLogs;
import org.holovitals.server.base.Ids;
import org.holovitals.server.database.RowAccess;
import org.holovitals.server.launch.LaunchSecurity.LaunchCallDecoder;
import org.holovitals.server.users.Users;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class LaunchConfiguration {

    @Bean
    Launches launches(JdbcClient jdbc, Ids ids) {
        return new Launches(jdbc, ids);
    }

    @Bean
    LaunchPatients launchPatients(JdbcClient jdbc, RowAccess access) {
        return new LaunchPatients(jdbc, access);
    }

    @Bean
    LaunchCallDecoder launchCallDecoder(
            Issuer issuer, IssuerTokens tokens, IdentityLink link, JdbcClient jdbc, Ids ids, Clock clock) {
        return new LaunchCallDecoder(tokens.decoder(
                new LaunchCallRules(issuer.name(), link::launchUrl, new LaunchCalls(jdbc, ids, clock), clock)));
    }

    @Bean
    LaunchOpening launchOpening(
            Launches launches,
            VisibleRecords records,
            Users users,
            AuditLogs audit,
            PlatformTransactionManager transactions,
            Clock clock) {
        return new LaunchOpening(launches, records, users, audit, new TransactionTemplate(transactions), clock);
    }

    @Bean
    RegisteredScopes registeredScopes(Issuer issuer) {
        return new RegisteredScopes(
                () -> issuer.listed("scopes_supported"), () -> issuer.listedNow("scopes_supported"));
    }

    @Bean
    Introspection introspection(Issuer issuer, IdentityLink link) {
        return new Introspection(issuer, link);
    }
}
