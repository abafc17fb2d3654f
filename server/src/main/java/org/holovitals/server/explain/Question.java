package org.holovitals.server.explain;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.holovitals.server.access.Explanations;
import org.holovitals.server.access.Interaction;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/**
 * Whether a person with an app may meet a resource.
 *
 * @param user the person: row in users, or the identity provider's id
 * @param client the app
 * @param resource such as {@code Observation/1}
 * @param interaction read, search, update or delete; read when it is not given
 * @param scope what the app is granted; what it is registered for when it is not given
 * @param patient whose record the app was launched for; a patient's own when it is not given
 * @param address from which it is asked; from an unknown one no consent holds that is tied to addresses
 */
record Question(
        @Nullable String user,
        @Nullable String client,
        @Nullable String resource,
        @Nullable String interaction,
        @Nullable String scope,
        @Nullable String patient,
        @Nullable String address) {
    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";

    /** No name, which would be looked up. */
    private static final Pattern ADDRESS =
            Pattern.compile(OCTET + "(\\." + OCTET + "){3}|[0-9A-Fa-f]*:[0-9A-Fa-f:.]{1,44}");

    private static final Pattern REFERENCE = Pattern.compile("([A-Z][A-Za-z]+)/([A-Za-z0-9.-]{1,64})");

    /** What is asked about. */
    record Target(String type, String id) {}

    String person() {
        return required("user", user);
    }

    String app() {
        return required("client", client);
    }

    Target target(Explanations explanations) {
        Matcher parts = REFERENCE.matcher(required("resource", resource));
        if (!parts.matches() || !explanations.isType(parts.group(1))) {
            throw wrong("resource has to be a type and an id, as in Observation/1");
        }
        return new Target(parts.group(1), parts.group(2));
    }

    @Nullable
    InetAddress from() {
        if (address == null || address.isBlank()) {
            return null;
        }
        if (!ADDRESS.matcher(address).matches()) {
            throw wrong("address has to be an IP address");
        }
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw wrong("address has to be an IP address");
        }
    }

    /** Nothing that is not there yet can be asked about. */
    Interaction deed() {
        return switch (interaction == null ? "read" : interaction.toLowerCase(Locale.ROOT)) {
            case "read" -> Interaction.READ;
            case "search" -> Interaction.SEARCH;
            case "update" -> Interaction.UPDATE;
            case "delete" -> Interaction.DELETE;
            default -> throw wrong("interaction has to be read, search, update or delete");
        };
    }

    private static String required(String name, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw wrong(name + " is missing");
        }
        return value;
    }

    private static Problem wrong(String detail) {
        return new Problem(ProblemType.INVALID_REQUEST, detail);
    }
}
