package org.holovitals.server.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.holovitals.server.access.Consents.Action;
import org.holovitals.server.access.Consents.Denial;
import org.holovitals.server.access.Consents.Grant;
import org.holovitals.server.access.Consents.Held;
import org.holovitals.server.access.Consents.Part;
import org.holovitals.server.access.Consents.Permission;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.util.function.SingletonSupplier;

/**
 * Consents that a test says hold, by the subject of the caller, beside those of the server itself; they count how often
 * they are asked for.
 */
public final class SaidConsents implements Consents {
    private final Map<String, Held> held = new ConcurrentHashMap<>();
    private final AtomicInteger questions = new AtomicInteger();

    /** Looked up once: who takes part in a measurement is not to cost more than in a server. */
    private final SingletonSupplier<List<Consents>> others;

    SaidConsents(ObjectProvider<Consents> all) {
        this.others = SingletonSupplier.of(() ->
                all.stream().filter(other -> !(other instanceof SaidConsents)).toList());
    }

    @TestConfiguration(proxyBeanMethods = false)
    public static class Setup {
        @Bean
        @Primary
        SaidConsents saidConsents(ObjectProvider<Consents> all) {
            return new SaidConsents(all);
        }
    }

    @Override
    public Held of(Caller caller) {
        questions.incrementAndGet();
        Held said = held.get(caller.subject());
        return said != null
                ? said
                : others.obtain().stream()
                        .map(other -> other.of(caller))
                        .findFirst()
                        .orElse(Held.NOTHING);
    }

    @Override
    public OptionalLong remembered(Caller caller) {
        return held.containsKey(caller.subject())
                ? OptionalLong.empty()
                : others.obtain().stream()
                        .map(other -> other.remembered(caller))
                        .findFirst()
                        .orElse(OptionalLong.empty());
    }

    /** How often it was asked. */
    int questions() {
        return questions.get();
    }

    /** Adds a consent. */
    public Grant grant(String subject, String patient, Set<Part> parts, Action... actions) {
        Set<Permission> permissions = parts.stream()
                .flatMap(part -> Stream.of(actions).map(action -> new Permission(part, action)))
                .collect(Collectors.toUnmodifiableSet());
        Grant grant = new Grant(UUID.randomUUID(), patient, permissions);
        Held before = held.getOrDefault(subject, Held.NOTHING);
        held.put(subject, new Held(with(before.grants(), grant), before.denials()));
        return grant;
    }

    /** Adds a denial. */
    public Denial deny(String subject, String patient, Part... parts) {
        Denial denial = new Denial(UUID.randomUUID(), patient, Set.of(parts));
        Held before = held.getOrDefault(subject, Held.NOTHING);
        held.put(subject, new Held(before.grants(), with(before.denials(), denial)));
        return denial;
    }

    /** Ends all consents and denials of a caller. */
    public void end(String subject) {
        held.remove(subject);
    }

    private static <T> List<T> with(List<T> list, T added) {
        List<T> all = new ArrayList<>(list);
        all.add(added);
        return List.copyOf(all);
    }
}
