package org.holovitals.server.events;

import java.time.Clock;
import javax.sql.DataSource;
import org.holovitals.server.audit.AuditLogs;
import org.holovitals.server.base.Ids;
import org.holovitals.server.identity.RealmAccess;
import org.holovitals.server.users.Revocations;
import org.holovitals.server.users.UserSessions;
import org.holovitals.server.users.Users;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
@EnableConfigurationProperties(EventSettings.class)
class EventsConfiguration {

    @Bean
    EventJournal eventJournal(JdbcClient jdbc, Ids ids, Clock clock) {
        return new EventJournal(jdbc, ids, clock);
    }

    @Bean
    EventRecorder eventRecorder(
            EventJournal journal,
            AuditLogs audit,
            Users users,
            UserSessions sessions,
            Revocations revocations,
            PlatformTransactionManager transactions,
            Clock clock) {
        return new EventRecorder(
                journal,
                audit,
                users,
                new EventEffects(users, sessions, revocations),
                revocations,
                new TransactionTemplate(transactions),
                clock);
    }

    @Bean
    EventPoll eventPoll(
            DataSource dataSource,
            EventJournal journal,
            EventRecorder recorder,
            Users users,
            Revocations revocations,
            Clock clock) {
        return new EventPoll(dataSource, journal, recorder, users, revocations, clock);
    }

    @Bean(destroyMethod = "close")
    EventPoller eventPoller(
            EventSettings settings,
            RealmAccess realm,
            EventPoll poll,
            EventJournal journal,
            Revocations revocations,
            Clock clock) {
        return new EventPoller(realm, poll, journal, revocations, settings.eventsInterval(), clock).start();
    }
}
