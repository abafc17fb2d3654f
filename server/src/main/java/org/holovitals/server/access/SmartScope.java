package org.holovitals.server.access;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One SMART scope on FHIR resources, version 1 or 2.
 *
 * @param level whose records it is about
 * @param type a resource type, or {@code *}
 * @param interactions what it permits; never empty
 * @param qualifiers search parameters that a resource has to match, all of them
 */
public record SmartScope(Level level, String type, Set<Interaction> interactions, List<Qualifier> qualifiers) {
    /** Every resource type. */
    public static final String ANY_TYPE = "*";

    private static final Pattern SCOPE =
            Pattern.compile("(patient|user|system)/(\\*|[A-Z][A-Za-z]*)\\.([a-z]+|\\*)(?:\\?(.+))?");
    private static final Pattern LETTERS = Pattern.compile("c?r?u?d?s?");
    private static final Set<Interaction> READ = EnumSet.of(Interaction.READ, Interaction.SEARCH);
    private static final Set<Interaction> WRITE =
            EnumSet.of(Interaction.CREATE, Interaction.UPDATE, Interaction.DELETE);

    /** Whose records a scope is about. */
    public enum Level {
        /** The patient in the context of the launch. */
        PATIENT,
        /** Whatever the user himself may see. */
        USER,
        /** What a backend service may see without a user. */
        SYSTEM
    }

    /**
     * One condition of a granular scope.
     *
     * @param parameter a search parameter without modifier or chain
     * @param value its value as in a search, decoded
     */
    public record Qualifier(String parameter, String value) {
        private static final Pattern PARAMETER = Pattern.compile("[a-z][A-Za-z0-9-]*|_id|_tag|_security|_profile");

        static Optional<Qualifier> parse(String text) {
            int equals = text.indexOf('=');
            if (equals < 1 || equals == text.length() - 1) {
                return Optional.empty();
            }
            String parameter = text.substring(0, equals);
            return PARAMETER.matcher(parameter).matches()
                    ? decoded(text.substring(equals + 1)).map(value -> new Qualifier(parameter, value))
                    : Optional.empty();
        }

        private static Optional<String> decoded(String value) {
            try {
                return Optional.of(URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
    }

    /** The scope that a word spells; empty for one that is not about resources, or illegal in any part. */
    public static Optional<SmartScope> parse(String word, Set<String> types) {
        Matcher parts = SCOPE.matcher(word);
        if (!parts.matches() || !(parts.group(2).equals(ANY_TYPE) || types.contains(parts.group(2)))) {
            return Optional.empty();
        }
        boolean isQualified = parts.group(4) != null;
        Set<Interaction> interactions = interactions(parts.group(3), isQualified);
        Optional<List<Qualifier>> qualifiers = qualifiers(parts.group(4));
        return interactions.isEmpty() || qualifiers.isEmpty()
                ? Optional.empty()
                : Optional.of(new SmartScope(
                        Level.valueOf(parts.group(1).toUpperCase(Locale.ROOT)),
                        parts.group(2),
                        Set.copyOf(interactions),
                        qualifiers.get()));
    }

    /** Version 1 knows no qualifiers: a scope that mixes the versions grants nothing. */
    private static Set<Interaction> interactions(String permission, boolean isQualified) {
        return switch (permission) {
            case "read" -> isQualified ? Set.of() : READ;
            case "write" -> isQualified ? Set.of() : WRITE;
            case "*" -> isQualified ? Set.of() : EnumSet.allOf(Interaction.class);
            default -> LETTERS.matcher(permission).matches() ? Interaction.ofLetters(permission) : Set.of();
        };
    }

    private static Optional<List<Qualifier>> qualifiers(@Nullable String query) {
        List<Qualifier> qualifiers = new ArrayList<>();
        for (String part : query == null ? new String[0] : query.split("&", -1)) {
            Optional<Qualifier> qualifier = Qualifier.parse(part);
            if (qualifier.isEmpty()) {
                return Optional.empty();
            }
            qualifiers.add(qualifier.get());
        }
        return Optional.of(List.copyOf(qualifiers));
    }

    /** As a word that spells it, in version 2. */
    String text() {
        return text(qualifier ->
                URLEncoder.encode(qualifier.value(), StandardCharsets.UTF_8).replace("+", "%20"));
    }

    /** The same without the values of its qualifiers. */
    String withoutValues() {
        return text(qualifier -> "…");
    }

    private String text(Function<Qualifier, String> value) {
        String letters = Arrays.stream(Interaction.values())
                .filter(interactions::contains)
                .map(Interaction::letter)
                .collect(Collectors.joining());
        String conditions = qualifiers.stream()
                .map(qualifier -> qualifier.parameter() + "=" + value.apply(qualifier))
                .collect(Collectors.joining("&"));
        return level.name().toLowerCase(Locale.ROOT) + "/" + type + "." + letters
                + (conditions.isEmpty() ? "" : "?" + conditions);
    }

    /** Whether this scope is about an interaction with a type; what its qualifiers say comes on top. */
    boolean covers(String resourceType, Interaction interaction) {
        return interactions.contains(interaction) && (type.equals(ANY_TYPE) || type.equals(resourceType));
    }
}
