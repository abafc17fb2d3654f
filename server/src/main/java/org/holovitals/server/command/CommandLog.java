package org.holovitals.server.command;

import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.holovitals.server.audit.AuditEntry;
import org.holovitals.server.audit.AuditEntry.About;
import org.holovitals.server.audit.AuditEntry.Outcome;
import org.holovitals.server.audit.AuditEntry.Severity;
import org.holovitals.server.audit.AuditEntry.Who;
import org.holovitals.server.audit.AuditLogs;
import org.springframework.context.ConfigurableApplicationContext;

/** The rows of commands in the audit log: whoever runs them is no caller, but the user of the machine. */
final class CommandLog {
    private final AuditLogs logs;
    private final Clock clock;

    CommandLog(ConfigurableApplicationContext context) {
        this.logs = context.getBean(AuditLogs.class);
        this.clock = context.getBean(Clock.class);
    }

    /** Before a command does what may be cut short. Without patients it is about all of them. */
    void begins(String command, Set<String> patients) {
        add(command + "-begins", patients, Outcome.SUCCESS, Map.of());
    }

    /** When it has done it. */
    void ended(String command, Set<String> patients, boolean isWhole, Map<String, Object> details) {
        add(command, patients, isWhole ? Outcome.SUCCESS : Outcome.FAILURE, details);
    }

    private void add(String command, Set<String> patients, Outcome outcome, Map<String, Object> details) {
        Map<String, Object> all = new TreeMap<>(details);
        all.put("login", System.getProperty("user.name", ""));
        logs.append(new AuditEntry(
                clock.instant(),
                new Who(null, "command", null, null, null),
                command,
                "System",
                null,
                new About(patients, Set.of(), patients.isEmpty()),
                outcome,
                Severity.MEDIUM,
                false,
                all));
    }
}
