package org.holovitals.server;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.holovitals.server.audit.AuditEntry;
import org.holovitals.server.audit.AuditEntry.About;
import org.holovitals.server.audit.AuditEntry.Outcome;
import org.holovitals.server.audit.AuditEntry.Severity;
import org.holovitals.server.audit.AuditLogs;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows of the audit log, with the users and consents that they name. */
public final class TestLog {
    private final AuditLogs logs;
    private final JdbcClient jdbc;

    public TestLog(AuditLogs logs, JdbcClient jdbc) {
        this.logs = logs;
        this.jdbc = jdbc;
    }

    /** A row of users. */
    public UUID user(String role, @Nullable String name, @Nullable String fhirUser) {
        UUID id = UUID.randomUUID();
        jdbc.sql("insert into holovitals.users (id, subject, roles, display_name, fhir_user) values (?, ?, ?, ?, ?)")
                .params(java.util.Arrays.asList(id, id.toString(), new String[] {role}, name, fhirUser))
                .update();
        return id;
    }

    /** A grant that somebody has. */
    public UUID grant(String kind, String patient, UUID holder, @Nullable String reason) {
        UUID id = UUID.randomUUID();
        jdbc.sql("""
                        insert into holovitals.consent_grants (id, kind, patient_fhir_id, patient_id, specialist_id, permissions,
                          reason, requested_duration, status, granted_at, expires_at)
                        values (?, ?, ?, ?, ?, '[]', ?, 24, 'approved', ?, ?)
                        """)
                .params(java.util.Arrays.asList(
                        id,
                        kind,
                        patient,
                        holder,
                        holder,
                        reason,
                        Instant.parse("2026-11-01T10:00:00Z").atOffset(ZoneOffset.UTC),
                        Instant.parse("2026-11-02T10:00:00Z").atOffset(ZoneOffset.UTC)))
                .update();
        return id;
    }

    /** A successful read of an Observation now by an app, unless it is changed; returns its id. */
    public UUID row(Consumer<Row> change) {
        Row row = new Row();
        change.accept(row);
        return logs.append(row.entry());
    }

    /** A row to be. */
    public static final class Row {
        private Instant when = Instant.now();
        private @Nullable UUID user;
        private String client = "an-app";
        private @Nullable String address;
        private String action = "read";
        private String resource = "Observation";
        private @Nullable String resourceId;
        private final Set<String> patients = new LinkedHashSet<>();
        private final Set<UUID> consents = new LinkedHashSet<>();
        private boolean isEveryone;
        private Outcome outcome = Outcome.SUCCESS;
        private Severity severity = Severity.LOW;
        private boolean requiresReview;
        private final Map<String, Object> details = new TreeMap<>();

        public Row at(Instant time) {
            when = time;
            return this;
        }

        public Row by(UUID who) {
            user = who;
            return this;
        }

        public Row client(String app) {
            client = app;
            return this;
        }

        public Row from(String ip) {
            address = ip;
            return this;
        }

        public Row does(String what) {
            action = what;
            return this;
        }

        public Row on(String type, @Nullable String id) {
            resource = type;
            resourceId = id;
            return this;
        }

        public Row about(String... those) {
            patients.addAll(List.of(those));
            return this;
        }

        public Row under(UUID consent) {
            consents.add(consent);
            return this;
        }

        public Row aboutEveryone() {
            isEveryone = true;
            return this;
        }

        public Row ends(Outcome how) {
            outcome = how;
            return this;
        }

        public Row toReview() {
            requiresReview = true;
            severity = Severity.HIGH;
            return this;
        }

        public Row detail(String name, Object value) {
            details.put(name, value);
            return this;
        }

        private AuditEntry entry() {
            return new AuditEntry(
                    when,
                    new AuditEntry.Who(user, client, "session", address(), "agent"),
                    action,
                    resource,
                    resourceId,
                    new About(patients, consents, isEveryone),
                    outcome,
                    severity,
                    requiresReview,
                    details);
        }

        private @Nullable InetAddress address() {
            try {
                return address == null ? null : InetAddress.getByName(address);
            } catch (UnknownHostException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
