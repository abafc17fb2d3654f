package org.holovitals.server.events;

import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.holovitals.server.audit.AuditLogs;
import org.holovitals.server.base.Ids;
import org.holovitals.server.identity.EmbeddedKeycloak;
import org.holovitals.server.users.Revocations;
import org.holovitals.server.users.UserSessions;
import org.holovitals.server.users.Users;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.health.Status;
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
            ObjectProvider<EmbeddedKeycloak> embedded,
            EventPoll poll,
            EventJournal journal,
            Revocations revocations,
            Clock clock) {
        return new EventPoller(
                        keycloak(settings, embedded.getIfAvailable(), clock),
                        poll,
                        journal,
                        revocations,
                        settings.eventsInterval(),
                        clock)
                .start();
    }

    /** None without a secret, and none until the embedded Keycloak has started. */
    private static Supplier<Optional<KeycloakAdmin>> keycloak(
            EventSettings settings, @Nullable EmbeddedKeycloak embedded, Clock clock) {
        if (settings.clientSecret() != null && !settings.clientSecret().isBlank()) {
            Optional<KeycloakAdmin> known =
                    Optional.of(new KeycloakAdmin(settings.issuer(), settings.clientSecret(), clock));
            return () -> known;
        }
        return embedded == null ? Optional::empty : new WhenReady(embedded, clock);
    }

    /** The embedded Keycloak's admin API once it answers. */
    private static final class WhenReady implements Supplier<Optional<KeycloakAdmin>> {
        private final EmbeddedKeycloak embedded;
        private final Clock clock;
        private Optional<KeycloakAdmin> known = Optional.empty();

        WhenReady(EmbeddedKeycloak embedded, Clock clock) {
            this.embedded = embedded;
            this.clock = clock;
        }

        @Override
        public Optional<KeycloakAdmin> get() {
            if (known.isEmpty() && embedded.health().getStatus().equals(Status.UP)) {
                known = Optional.of(new KeycloakAdmin(
                        URI.create(embedded.await().issuer()), embedded.await().serverSecret(), clock));
            }
            return known;
        }
    }
}
