package org.holovitals.server.consent;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import java.time.Clock;
import org.holovitals.server.access.Consents;
import org.holovitals.server.alerts.Alerts;
import org.holovitals.server.base.Ids;
import org.holovitals.server.base.Repetition;
import org.holovitals.server.notifications.Notifications;
import org.holovitals.server.users.Users;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What consents need wherever Consents are written, imports too. */
@Configuration(proxyBeanMethods = false)
class ConsentConfiguration {

    @Bean
    ConsentGrants consentGrants(JdbcClient jdbc, Ids ids, Clock clock) {
        return new ConsentGrants(jdbc, ids, clock);
    }

    @Bean
    GrantList consentList(JdbcClient jdbc, Clock clock) {
        return new GrantList(jdbc, clock);
    }

    @Bean
    ConsentDenials consentDenials(JdbcClient jdbc, Ids ids, Clock clock) {
        return new ConsentDenials(jdbc, ids, clock);
    }

    @Bean
    ConsentNews consentNews(Notifications notifications, ConsentGrants grants) {
        return new ConsentNews(notifications, grants);
    }

    @Bean
    ConsentHooks consentHooks(
            ConsentGrants grants, GrantList list, ConsentDenials denials, ConsentNews news, Users users, Clock clock) {
        return new ConsentHooks(
                new WrittenConsents(grants, list, denials, news, users), new ConsentReader(users), users, clock);
    }

    @Bean
    Consents consents(JdbcClient jdbc, Clock clock) {
        return new HeldConsents(jdbc, clock);
    }

    /** What callers of the web server need. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication
    @EnableConfigurationProperties(ConsentSettings.class)
    static class OfCallers {
        private static final Repetition.Words ENDING = Repetition.Words.of(
                LoggerFactory.getLogger(Expiry.class),
                "Consents that ended cannot be written down",
                "Consents that ended are written down again");

        @Bean
        ConsentResources consentResources(DaoRegistry daos, JdbcClient jdbc) {
            return new ConsentResources(daos, jdbc);
        }

        @Bean
        ConsentSteps consentSteps(
                PlatformTransactionManager transactions, GrantList list, ConsentResources resources, ConsentNews news) {
            return new ConsentSteps(new TransactionTemplate(transactions), list, resources, news);
        }

        @Bean
        People consentPeople(Users users) {
            return new People(users);
        }

        @Bean
        Deciders consentDeciders(Consents consents, People people) {
            return new Deciders(consents, people);
        }

        @Bean
        PatientFinder consentPatients(DaoRegistry daos, JdbcClient jdbc) {
            return new PatientFinder(daos, jdbc);
        }

        @Bean
        Requests consentRequests(
                ConsentGrants grants, GrantList list, ConsentSteps steps, People people, PatientFinder patients) {
            return new Requests(grants, list, steps, people, patients);
        }

        @Bean
        Decisions consentDecisions(ConsentGrants grants, GrantList list, ConsentSteps steps, People people) {
            return new Decisions(grants, list, steps, people);
        }

        @Bean
        Emergencies consentEmergencies(
                ConsentGrants grants, GrantList list, ConsentSteps steps, People people, Alerts alerts) {
            return new Emergencies(grants, list, steps, people, alerts);
        }

        @Bean
        Denials patientDenials(ConsentDenials denials, ConsentSteps steps, ConsentResources resources, People people) {
            return new Denials(denials, steps, resources, people);
        }

        @Bean(destroyMethod = "close")
        Repetition consentExpiry(ConsentSettings settings, ConsentGrants grants, ConsentSteps steps) {
            return new Repetition("consent-expiry", new Expiry(grants, steps)::run, ENDING, settings.expiryInterval())
                    .startAfter(settings.expiryInterval());
        }
    }
}
