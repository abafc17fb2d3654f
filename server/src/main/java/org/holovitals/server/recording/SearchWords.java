package org.holovitals.server.recording;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeSearchParam;
import ca.uhn.fhir.rest.api.RestSearchParameterTypeEnum;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request as the audit log may hold them: their names, and values only where they say which records,
 * which period or how many, never what is in a record. See docs/audit.md.
 */
final class SearchWords {
    private static final String HIDDEN = "…";
    private static final int MOST = 50;
    private static final Set<String> CONTROL = Set.of(
            "_count",
            "_offset",
            "_sort",
            "_include",
            "_revinclude",
            "_summary",
            "_total",
            "_elements",
            "_format",
            "_pretty",
            "_since",
            "_at",
            "_type",
            "_outputFormat",
            "_getpagesoffset",
            "_lastUpdated",
            "_id",
            "category",
            "start",
            "end",
            "mode");

    /** Dates that tell who somebody is. */
    private static final Set<String> PERSONAL = Set.of("birthdate", "death-date");

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_:.-]{0,80}");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_:.,|/+*$-]{1,200}");
    private static final Pattern REFERENCE = Pattern.compile("(?:(?:[A-Z][A-Za-z]+/)?[A-Za-z0-9.-]{1,64},?)+");
    private static final Pattern DATE = Pattern.compile("(?:(?:[a-z]{2})?[0-9TZ:.+-]{4,40},?)+");

    private final FhirContext fhir;

    SearchWords(FhirContext fhir) {
        this.fhir = fhir;
    }

    /** Of a request for a type, or for all. */
    Map<String, String> of(@Nullable String type, Map<String, String[]> parameters) {
        Map<String, String> words = new TreeMap<>();
        parameters.entrySet().stream()
                .limit(MOST)
                .forEach(parameter -> words.merge(
                        NAME.matcher(parameter.getKey()).matches() ? parameter.getKey() : HIDDEN,
                        values(type, parameter.getKey(), parameter.getValue()),
                        (one, other) -> one + " " + other));
        return words;
    }

    private String values(@Nullable String type, String name, String[] values) {
        Pattern harmless = harmless(type, name);
        return Arrays.stream(values == null ? new String[0] : values)
                .limit(MOST)
                .map(value -> harmless != null && harmless.matcher(value).matches() ? value : HIDDEN)
                .collect(Collectors.joining(" "));
    }

    private @Nullable Pattern harmless(@Nullable String type, String name) {
        String plain = name.endsWith(":missing") ? "_summary" : name.replaceFirst(":[A-Z][A-Za-z]+$", "");
        if (CONTROL.contains(plain)) {
            return PLAIN;
        }
        RestSearchParameterTypeEnum kind = kind(type, plain);
        if (kind == RestSearchParameterTypeEnum.REFERENCE) {
            return REFERENCE;
        }
        return kind == RestSearchParameterTypeEnum.DATE && !PERSONAL.contains(plain) ? DATE : null;
    }

    private @Nullable RestSearchParameterTypeEnum kind(@Nullable String type, String name) {
        if (type == null || !fhir.getResourceTypes().contains(type)) {
            return null;
        }
        RuntimeSearchParam parameter = fhir.getResourceDefinition(type).getSearchParam(name);
        return parameter == null ? null : parameter.getParamType();
    }
}
