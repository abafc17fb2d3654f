package org.holovitals.server.consent;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.holovitals.server.access.Caller;
import org.holovitals.server.access.Consents.Action;
import org.holovitals.server.access.Consents.Permission;
import org.jspecify.annotations.Nullable;

/**
 * What a grant is tied to.
 *
 * @param addresses networks from which it may be used; none is from everywhere
 * @param clients apps with which it may be used; none is with every app
 * @param viewOnly whether nothing but reading is left of its permissions
 */
record Restrictions(List<Network> addresses, Set<String> clients, boolean viewOnly) {
    static final Restrictions NONE = new Restrictions(List.of(), Set.of(), false);
    private static final int MOST = 50;
    private static final JsonMapper JSON = new JsonMapper();

    /** As bodies and the database spell them; what is absent does not restrict. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Spelled(
            @Nullable List<@Nullable String> addresses,
            @Nullable List<@Nullable String> clients,
            @Nullable Boolean viewOnly) {}

    /** The restrictions of a body; throws a problem that names the field. */
    static Restrictions parse(@Nullable Spelled given) {
        if (given == null) {
            return NONE;
        }
        return new Restrictions(
                list("restrictions.addresses", given.addresses()).stream()
                        .map(text -> Network.parse(text)
                                .orElseThrow(() -> Fields.wrong("restrictions.addresses has to hold networks such as"
                                        + " 192.0.2.0/24 or 2001:db8::/32")))
                        .toList(),
                Set.copyOf(list("restrictions.clients", given.clients())),
                Boolean.TRUE.equals(given.viewOnly()));
    }

    /** An empty list would shut everybody out or let everybody in, depending on who reads it. */
    private static List<String> list(String field, @Nullable List<@Nullable String> given) {
        if (given == null) {
            return List.of();
        }
        if (given.isEmpty() || given.size() > MOST) {
            throw Fields.wrong(field + " has to be absent or to hold 1 to " + MOST + " values");
        }
        return IntStream.range(0, given.size())
                .mapToObj(i -> Fields.text(field + "[" + i + "]", given.get(i)))
                .toList();
    }

    /** Whether a caller comes from where, and with what, he has to. From an unknown address nobody does. */
    boolean holdFor(Caller caller) {
        InetAddress address = caller.call().address();
        boolean isFromThere = addresses.isEmpty()
                || (address != null && addresses.stream().anyMatch(network -> network.contains(address)));
        return isFromThere && (clients.isEmpty() || clients.contains(caller.client()));
    }

    /** Whether it does not matter where a call comes from, and with what. */
    boolean holdForEachCall() {
        return addresses.isEmpty() && clients.isEmpty();
    }

    /** What is left of permissions. */
    Set<Permission> limit(Set<Permission> permissions) {
        return viewOnly
                ? permissions.stream()
                        .filter(permission -> permission.action() == Action.READ)
                        .collect(Collectors.toUnmodifiableSet())
                : permissions;
    }

    Spelled spelled() {
        return new Spelled(
                addresses.isEmpty()
                        ? null
                        : addresses.stream().map(Network::toString).toList(),
                clients.isEmpty() ? null : clients.stream().sorted().toList(),
                viewOnly ? true : null);
    }

    String json() {
        return JSON.valueToTree(spelled()).toString();
    }

    static Restrictions ofJson(String json) {
        try {
            return parse(JSON.readValue(json, Spelled.class));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A row of consent_grants has restrictions that cannot be read", e);
        }
    }

    /** Of some texts the networks; nothing when one is none. */
    static Optional<List<Network>> networks(List<String> texts) {
        List<Network> known =
                texts.stream().flatMap(text -> Network.parse(text).stream()).toList();
        return known.size() == texts.size() ? Optional.of(known) : Optional.empty();
    }
}
