package org.holovitals.server.alerts;

import java.util.Map;
import java.util.UUID;
import org.holovitals.server.audit.AuditEntry.Severity;
import org.jspecify.annotations.Nullable;

/**
 * Something to look at.
 *
 * @param key what makes it one of a kind, such as rule, user and window; what happens again in it is counted
 * @param user whom it is about, by the row in users
 * @param action what happened, such as {@code break-glass}
 * @param details never health information
 */
public record Alert(String key, @Nullable UUID user, String action, Severity severity, Map<String, Object> details) {}
