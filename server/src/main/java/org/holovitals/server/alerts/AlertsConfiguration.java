package org.holovitals.server.alerts;

import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.holovitals.server.base.Ids;
import org.holovitals.server.base.Repetition;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AlertSettings.class)
class AlertsConfiguration {
    private static final Repetition.Words WATCHING = Repetition.Words.of(
            LoggerFactory.getLogger(AuditLook.class),
            "The audit log cannot be watched",
            "The audit log is watched again");

    @Bean
    Alerts alerts(JdbcClient jdbc, Ids ids, Clock clock) {
        return new Alerts(jdbc, ids, clock);
    }

    @Bean
    AlertRules alertRules(AlertSettings settings, JdbcClient jdbc, Alerts alerts) {
        return new AlertRules(AlertRule.of(settings).stream()
                .map(rule -> new AlertWatch(rule, jdbc, alerts))
                .toList());
    }

    /** A command on the machine is soon over; a server watches, in a thread of its own: no request waits for it. */
    @Bean(destroyMethod = "close")
    @ConditionalOnWebApplication
    Repetition auditWatch(
            DataSource dataSource,
            AlertCursors cursors,
            AlertRules rules,
            ObjectProvider<AuditWatch> others,
            PlatformTransactionManager transactions,
            AlertSettings settings,
            Clock clock) {
        List<AuditWatch> watches =
                Stream.concat(rules.watches().stream(), others.stream()).toList();
        AuditLook look = new AuditLook(dataSource, cursors, watches, new TransactionTemplate(transactions), clock);
        return new Repetition("audit-watch", look::run, WATCHING, settings.interval()).start();
    }

    @Bean
    AlertCursors alertCursors(JdbcClient jdbc, Ids ids) {
        return new AlertCursors(jdbc, ids);
    }
}
