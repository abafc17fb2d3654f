package org.holovitals.server.consent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.holovitals.server.access.Consents.Action;
import org.holovitals.server.access.Consents.Part;
import org.holovitals.server.access.Consents.Permission;
import org.jspecify.annotations.Nullable;

/** Permissions as bodies and the database spell them. */
final class Permissions {
    private static final JsonMapper JSON = new JsonMapper();

    private Permissions() {}

    /** One permission, such as {@code test_results} and {@code read}. */
    record Spelled(@Nullable String resource, @Nullable String action) {}

    /** The permissions of a body; throws a problem that names the field. */
    static Set<Permission> parse(@Nullable List<@Nullable Spelled> given) {
        List<@Nullable Spelled> list = Fields.required("permissions", given);
        if (list.isEmpty()) {
            throw Fields.wrong("permissions is empty");
        }
        Set<Permission> parsed = new LinkedHashSet<>();
        for (int i = 0; i < list.size(); i++) {
            parsed.add(parse("permissions[" + i + "]", list.get(i)));
        }
        return Set.copyOf(parsed);
    }

    private static Permission parse(String field, @Nullable Spelled given) {
        Spelled spelled = Fields.required(field, given);
        Permission permission = new Permission(
                Fields.word(field + ".resource", spelled.resource(), Part.class),
                Fields.word(field + ".action", spelled.action(), Action.class));
        if (!isLegal(permission)) {
            throw Fields.wrong(
                    field
                            + ".action: to correct is for test_results, to annotate for clinical_notes, to decide for all_phi only");
        }
        return permission;
    }

    /** Parts as a body lists them. */
    static Set<Part> parts(@Nullable List<@Nullable String> given) {
        List<@Nullable String> list = Fields.required("resources", given);
        if (list.isEmpty()) {
            throw Fields.wrong("resources is empty");
        }
        Set<Part> parts = new LinkedHashSet<>();
        for (int i = 0; i < list.size(); i++) {
            parts.add(Fields.word("resources[" + i + "]", list.get(i), Part.class));
        }
        return Set.copyOf(parts);
    }

    /** Only test results are corrected, only notes annotated, and only about a whole record is decided. */
    static boolean isLegal(Permission permission) {
        return switch (permission.action()) {
            case READ, WRITE -> true;
            case CORRECT -> permission.part() == Part.TEST_RESULTS;
            case ANNOTATE -> permission.part() == Part.CLINICAL_NOTES;
            case DECIDE -> permission.part() == Part.ALL_PHI;
        };
    }

    /** The permissions of a body for a kind of grant; only a proxy decides. */
    static Set<Permission> parse(@Nullable List<@Nullable Spelled> given, Kind kind) {
        Set<Permission> parsed = parse(given);
        if (!isFor(kind, parsed)) {
            throw Fields.wrong("permissions: to decide is for a proxy only");
        }
        return parsed;
    }

    /** Whether a kind of grant may hold these. */
    static boolean isFor(Kind kind, Collection<Permission> these) {
        return kind == Kind.PROXY || these.stream().noneMatch(each -> each.action() == Action.DECIDE);
    }

    /** Whether these hold another, or more than it. */
    static boolean cover(Collection<Permission> these, Permission other) {
        return these.stream()
                .anyMatch(each -> (each.part() == other.part() || each.part() == Part.ALL_PHI)
                        && (each.action() == other.action() || isWithinWriting(each, other)));
    }

    private static boolean isWithinWriting(Permission each, Permission other) {
        return each.action() == Action.WRITE && other.action() != Action.READ && other.action() != Action.DECIDE;
    }

    static List<Spelled> spelled(Collection<Permission> permissions) {
        return permissions.stream()
                .sorted(Comparator.comparing(Permission::part).thenComparing(Permission::action))
                .map(each -> new Spelled(text(each.part()), text(each.action())))
                .toList();
    }

    static String text(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    static Part part(String text) {
        return Part.valueOf(text.toUpperCase(Locale.ROOT));
    }

    static String json(Collection<Permission> permissions) {
        return JSON.valueToTree(spelled(permissions)).toString();
    }

    static Set<Permission> ofJson(String json) {
        try {
            return Arrays.stream(JSON.readValue(json, Spelled[].class))
                    .map(each -> new Permission(
                            part(String.valueOf(each.resource())),
                            Action.valueOf(String.valueOf(each.action()).toUpperCase(Locale.ROOT))))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A row of consent_grants has permissions that cannot be read", e);
        }
    }
}
