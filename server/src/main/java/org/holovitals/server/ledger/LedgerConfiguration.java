package org.holovitals.server.ledger;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import org.holovitals.server.access.Consents;
import org.holovitals.server.base.Ids;
import org.holovitals.server.links.LinkKeys;
import org.holovitals.server.notifications.Notifications;
import org.holovitals.server.registration.KnownApps;
import org.holovitals.server.users.Users;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is read out of the audit log by HTTP. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class LedgerConfiguration {

    @Bean
    AuditRows auditRows(JdbcClient jdbc) {
        return new AuditRows(jdbc);
    }

    @Bean
    KnownConsents knownConsents(JdbcClient jdbc) {
        return new KnownConsents(jdbc);
    }

    @Bean
    Cursors ledgerCursors(JdbcClient jdbc, Ids ids) {
        return new Cursors(new LinkKeys(jdbc, ids));
    }

    @Bean
    Directory directory(@Lazy DaoRegistry daos) {
        return new Directory(daos);
    }

    @Bean
    OwnRecord ownRecord(Consents consents, KnownConsents known) {
        return new OwnRecord(consents, known);
    }

    @Bean
    LedgerEntries ledgerEntries(KnownConsents consents, Directory directory, KnownApps apps) {
        return new LedgerEntries(consents, directory, apps);
    }

    @Bean
    AuditEventProvider auditEventProvider(FhirContext fhir, AuditRows rows, KnownConsents consents, Cursors cursors) {
        return new AuditEventProvider(new AuditEventReading(fhir, rows, consents), cursors);
    }

    @Bean
    AuditEventWrites auditEventWrites() {
        return new AuditEventWrites();
    }

    @Bean
    AuditEventTotals auditEventTotals() {
        return new AuditEventTotals();
    }

    @Bean
    AuditEventCapabilities auditEventCapabilities() {
        return new AuditEventCapabilities();
    }

    @Bean
    Disclosures disclosures(JdbcClient jdbc) {
        return new Disclosures(jdbc);
    }

    @Bean
    ReviewQueue reviewQueue(AuditRows rows, KnownConsents consents, JdbcClient jdbc, Ids ids) {
        return new ReviewQueue(rows, new AuditReviews(jdbc, ids), consents);
    }

    @Bean
    AuditReport auditReport(JdbcClient jdbc) {
        return new AuditReport(jdbc);
    }

    @Bean
    TableCsv tableCsv() {
        return new TableCsv();
    }

    @Bean
    NewViewers newViewers(JdbcClient jdbc, Ids ids, Users users, Notifications notifications) {
        return new NewViewers(new RecordViewers(jdbc, ids), users, notifications);
    }
}
