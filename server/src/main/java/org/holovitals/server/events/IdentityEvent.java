package org.holovitals.server.events;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An event as Keycloak tells it. What was typed as a user name is left out: it may be a stranger's, or a password in the
 * wrong field.
 *
 * @param key the stream and Keycloak's id: the same event has the same one whenever it is read
 * @param type of the user's stream such as {@code LOGIN_ERROR}; of the other {@code CREATE}, {@code UPDATE}, {@code DELETE},
 *     {@code ACTION}
 * @param subject the user it is of; of the administrators' stream the administrator
 * @param resourceType what an administrator worked on, such as {@code USER}
 * @param resourcePath which one, such as {@code users/<id>/logout}
 * @param details what else is kept
 */
record IdentityEvent(
        String key,
        EventStream stream,
        Instant time,
        String type,
        @Nullable String client,
        @Nullable String subject,
        @Nullable String session,
        @Nullable InetAddress address,
        @Nullable String error,
        @Nullable String resourceType,
        @Nullable String resourcePath,
        Map<String, Object> details) {
    private static final List<String> DETAILS =
            List.of("auth_method", "grant_type", "refresh_token_type", "credential_type", "reason");

    private static final Pattern ADDRESS = Pattern.compile("[0-9A-Fa-f.:]{2,45}");
    private static final int LENGTH = 255;

    static IdentityEvent of(EventStream stream, JsonNode event) {
        JsonNode who = stream == EventStream.ADMIN ? event.path("authDetails") : event;
        return new IdentityEvent(
                stream.text() + ":" + id(event),
                stream,
                Instant.ofEpochMilli(event.path("time").asLong()),
                String.valueOf(text(event, stream == EventStream.ADMIN ? "operationType" : "type")),
                text(who, "clientId"),
                text(who, "userId"),
                text(event, "sessionId"),
                address(text(who, "ipAddress")),
                text(event, "error"),
                text(event, "resourceType"),
                text(event, "resourcePath"),
                details(event));
    }

    /** An older Keycloak gives its events no ids; what they tell stands for one. */
    private static String id(JsonNode event) {
        String id = text(event, "id");
        return id == null
                ? UUID.nameUUIDFromBytes(event.toString().getBytes(StandardCharsets.UTF_8))
                        .toString()
                : id;
    }

    private static Map<String, Object> details(JsonNode event) {
        Map<String, Object> details = new TreeMap<>();
        for (String name : DETAILS) {
            String value = text(event.path("details"), name);
            if (value != null) {
                details.put(name, value);
            }
        }
        String error = text(event, "error");
        if (error != null) {
            details.put("error", error);
        }
        return details;
    }

    /** Strangers choose some of these texts; PostgreSQL takes no NUL. */
    private static @Nullable String text(JsonNode of, String name) {
        JsonNode value = of.path(name);
        if (!value.isTextual() || value.asText().isBlank()) {
            return null;
        }
        String text = value.asText().replaceAll("\\p{Cntrl}", " ");
        return text.length() > LENGTH ? text.substring(0, LENGTH) : text;
    }

    private static @Nullable InetAddress address(@Nullable String text) {
        if (text == null || !ADDRESS.matcher(text).matches()) {
            return null;
        }
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            return null;
        }
    }

    boolean isFailure() {
        return error != null || type.endsWith("_ERROR");
    }
}
