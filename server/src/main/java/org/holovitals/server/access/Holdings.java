package org.holovitals.server.access;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.holovitals.server.access.Consents.Action;
import org.holovitals.server.access.Consents.Denial;
import org.holovitals.server.access.Consents.Grant;
import org.holovitals.server.access.Consents.Held;
import org.holovitals.server.access.Consents.Part;
import org.holovitals.server.access.Consents.Permission;
import org.holovitals.server.access.Decision.Rule;
import org.springframework.util.function.SingletonSupplier;

/** What the consents that hold for a caller let him do, patient by patient. A denial wins over every grant. */
final class Holdings {
    /** Nobody has consented to anything. */
    static final Holdings NONE = of(Held.NOTHING);

    private static final String PATIENT = "Patient";

    private final Map<String, List<Grant>> grants;
    private final Map<String, List<Denial>> denials;
    private final Map<String, List<Grant>> elsewhere;

    /** Each search asks for those of all patients. */
    private final Map<String, Map<String, Set<Part>>> shown = new ConcurrentHashMap<>();

    /** Each link to a further page is bound to them. */
    private final SingletonSupplier<String> facts = SingletonSupplier.of(this::makeFacts);

    private Holdings(
            Map<String, List<Grant>> grants, Map<String, List<Denial>> denials, Map<String, List<Grant>> elsewhere) {
        this.grants = grants;
        this.denials = denials;
        this.elsewhere = elsewhere;
    }

    static Holdings of(Held held) {
        return new Holdings(
                byPatient(held.grants(), Grant::patient),
                byPatient(held.denials(), Denial::patient),
                byPatient(held.elsewhere(), Grant::patient));
    }

    private static <T> Map<String, List<T>> byPatient(List<T> all, Function<T, String> patient) {
        return all.stream().collect(Collectors.groupingBy(patient, TreeMap::new, Collectors.toList()));
    }

    /** What is held of one patient. */
    Holdings only(String patient) {
        return new Holdings(of(grants, patient), of(denials, patient), of(elsewhere, patient));
    }

    private static <T> Map<String, List<T>> of(Map<String, List<T>> all, String patient) {
        return all.containsKey(patient) ? Map.of(patient, all.get(patient)) : Map.of();
    }

    /** Those of whom anything may be read. */
    Set<String> patients() {
        return shown(PATIENT).keySet();
    }

    /** Patients of whom a search may find resources of a type, in one order, each with the parts that are shown. */
    Map<String, Set<Part>> shown(String type) {
        return shown.computeIfAbsent(type, this::makeShown);
    }

    private Map<String, Set<Part>> makeShown(String type) {
        Map<String, Set<Part>> made = new TreeMap<>();
        grants.keySet().forEach(patient -> made.put(patient, parts(patient, type, Interaction.SEARCH)));
        made.values().removeIf(Set::isEmpty);
        return Collections.unmodifiableMap(made);
    }

    /** The parts of a type's resources that a patient lets the caller meet by an interaction. */
    Set<Part> parts(String patient, String type, Interaction interaction) {
        Set<Part> parts = EnumSet.noneOf(Part.class);
        candidates(type, interaction).stream()
                .filter(part -> denial(patient, part).isEmpty()
                        && grant(patient, part, interaction).isPresent())
                .forEach(parts::add);
        return parts;
    }

    /** Of those from whom something is kept, the patients who do not show a part. */
    Set<String> denying(Part part) {
        return denials.keySet().stream()
                .filter(patient -> denial(patient, part).isPresent())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The consents of some patients that hold. */
    Set<UUID> grantsOf(Set<String> patients) {
        return patients.stream()
                .flatMap(patient -> grants.getOrDefault(patient, List.of()).stream())
                .map(Grant::id)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether a consent of a patient names a permission, and nothing is kept back. */
    boolean permits(String patient, Permission permission) {
        return !denials.containsKey(patient)
                && grants.getOrDefault(patient, List.of()).stream()
                        .anyMatch(grant -> grant.permissions().contains(permission));
    }

    /** All that holds of one patient. */
    Set<UUID> idsOf(String patient) {
        return Stream.of(
                        grants.getOrDefault(patient, List.of()).stream().map(Grant::id),
                        elsewhere.getOrDefault(patient, List.of()).stream().map(Grant::id),
                        denials.getOrDefault(patient, List.of()).stream().map(Denial::id))
                .flatMap(Function.identity())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether a resource of these patients may be met, and by whose consent. */
    Decision decide(Set<String> owners, String type, Part part, Interaction interaction) {
        boolean isSomeonesOwn = type.equals(PATIENT);
        Optional<UUID> denied = isSomeonesOwn ? Optional.empty() : first(owners, owner -> denial(owner, part));
        if (denied.isPresent()) {
            return new Decision(Rule.DENIAL, denied.get());
        }
        for (String owner : owners) {
            for (Part open : isSomeonesOwn ? parts(owner, type, interaction) : Set.of(part)) {
                Optional<UUID> grant = grant(owner, open, interaction);
                if (grant.isPresent()) {
                    return new Decision(Rule.CONSENT, grant.get());
                }
            }
        }
        return refused(owners);
    }

    private Decision refused(Set<String> owners) {
        Optional<UUID> whole = first(owners, owner -> denial(owner, Part.ALL_PHI));
        if (whole.isPresent()) {
            return new Decision(Rule.DENIAL, whole.get());
        }
        return first(owners, owner -> any(grants, owner))
                .map(grant -> new Decision(Rule.PERMISSION, grant))
                .or(() -> first(owners, owner -> any(elsewhere, owner))
                        .map(grant -> new Decision(Rule.RESTRICTION, grant)))
                .orElse(Decision.NO_CONSENT);
    }

    private static Optional<UUID> any(Map<String, List<Grant>> of, String patient) {
        return of.getOrDefault(patient, List.of()).stream().map(Grant::id).findFirst();
    }

    /** All that decides, in one order: a search is over when it changes. */
    String facts() {
        return facts.obtain();
    }

    private String makeFacts() {
        return Stream.concat(grants.keySet().stream(), denials.keySet().stream())
                .distinct()
                .map(patient -> patient + parts(patient, PATIENT, Interaction.READ))
                .sorted()
                .collect(Collectors.joining(","));
    }

    /** A Patient is read by whoever may read anything of the record, and written by whoever may write all of it. */
    private static Set<Part> candidates(String type, Interaction interaction) {
        if (!type.equals(PATIENT)) {
            return Parts.ofType(type);
        }
        return isReading(interaction) ? EnumSet.allOf(Part.class) : EnumSet.of(Part.ALL_PHI);
    }

    private Optional<UUID> grant(String patient, Part part, Interaction interaction) {
        Set<Action> sufficient = actions(part, interaction);
        return grants.getOrDefault(patient, List.of()).stream()
                .filter(grant -> grant.permissions().stream()
                        .anyMatch(permission -> isFor(permission, part) && sufficient.contains(permission.action())))
                .map(Grant::id)
                .findFirst();
    }

    private static boolean isFor(Permission permission, Part part) {
        return permission.part() == part || permission.part() == Part.ALL_PHI;
    }

    private Optional<UUID> denial(String patient, Part part) {
        return denials.getOrDefault(patient, List.of()).stream()
                .filter(denial ->
                        denial.parts().contains(part) || denial.parts().contains(Part.ALL_PHI))
                .map(Denial::id)
                .findFirst();
    }

    /** Results are corrected by changing them, notes are added by annotating; nothing but writing deletes. */
    private static Set<Action> actions(Part part, Interaction interaction) {
        return switch (interaction) {
            case READ, SEARCH -> EnumSet.of(Action.READ);
            case CREATE ->
                part == Part.CLINICAL_NOTES ? EnumSet.of(Action.WRITE, Action.ANNOTATE) : EnumSet.of(Action.WRITE);
            case UPDATE ->
                switch (part) {
                    case TEST_RESULTS -> EnumSet.of(Action.WRITE, Action.CORRECT);
                    case CLINICAL_NOTES -> EnumSet.of(Action.WRITE, Action.ANNOTATE);
                    default -> EnumSet.of(Action.WRITE);
                };
            case DELETE -> EnumSet.of(Action.WRITE);
        };
    }

    private static boolean isReading(Interaction interaction) {
        return interaction == Interaction.READ || interaction == Interaction.SEARCH;
    }

    private static Optional<UUID> first(Set<String> owners, Function<String, Optional<UUID>> find) {
        return owners.stream().map(find).flatMap(Optional::stream).findFirst();
    }
}
