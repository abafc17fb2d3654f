package org.holovitals.server.fhir;

import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.UnclassifiedServerFailureException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Refuses values of the parameters that say how to answer, where HAPI would take another value in silence or fail: a
 * client that asks for a summary shall not be sent the whole record for a typing mistake.
 */
final class ControlParameters {
    private static final Map<String, List<String>> WORDS = Map.of(
            "_summary", List.of("true", "text", "data", "count", "false"),
            "_total", List.of("none", "estimate", "accurate"));
    private static final List<String> NUMBERS = List.of("_count", "_offset");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
    private static final Set<EncodingEnum> ENCODINGS = Set.of(EncodingEnum.JSON, EncodingEnum.XML, EncodingEnum.RDF);

    private final FhirContext fhir;

    ControlParameters(FhirContext fhir) {
        this.fhir = fhir;
    }

    /** Throws what becomes a 400, or a 406, that names the parameter and its legal values. */
    void check(@Nullable String type, Map<String, String[]> parameters) {
        values(parameters, "_format").forEach(ControlParameters::checkFormat);
        NUMBERS.forEach(name -> values(parameters, name).forEach(value -> checkNumber(name, value)));
        WORDS.forEach((name, legal) -> words(parameters, name).forEach(word -> checkWord(name, word, legal)));
        boolean mixed = type == null || parameters.keySet().stream().anyMatch(name -> name.contains("include"));
        Stream.of("_elements", "_elements:exclude")
                .flatMap(name -> words(parameters, name))
                .forEach(path -> checkElement(mixed ? null : type, path));
    }

    private static Stream<String> values(Map<String, String[]> parameters, String name) {
        return Arrays.stream(parameters.getOrDefault(name, new String[0])).filter(value -> !value.isBlank());
    }

    private static Stream<String> words(Map<String, String[]> parameters, String name) {
        return values(parameters, name)
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::trim)
                .filter(word -> !word.isEmpty());
    }

    private static void checkFormat(String value) {
        // A plus sign in a URL is a blank.
        EncodingEnum encoding =
                EncodingEnum.forContentType(value.replace(' ', '+').replaceFirst("^html/(json|xml)$", "$1"));
        if (encoding == null || !ENCODINGS.contains(encoding)) {
            throw new UnclassifiedServerFailureException(
                    406, "_format " + value + " cannot be answered; it may be json, xml, ttl or a media type of these");
        }
    }

    private static void checkNumber(String name, String value) {
        if (!NUMBER.matcher(value).matches()) {
            throw new InvalidRequestException(name + " is " + value + "; it may be 0 or a positive number");
        }
    }

    private static void checkWord(String name, String word, List<String> legal) {
        if (!legal.contains(word)) {
            throw new InvalidRequestException(name + " is " + word + "; it may be one of " + String.join(", ", legal));
        }
    }

    /** The first step of {@code name}, {@code name.family}, {@code Patient.name} or {@code *.meta}. */
    private void checkElement(@Nullable String type, String path) {
        List<String> steps = List.of(path.split("\\.", -1));
        boolean typed = fhir.getResourceTypes().contains(steps.get(0));
        boolean any = steps.get(0).equals("*");
        String step = typed || any ? (steps.size() > 1 ? steps.get(1) : "") : steps.get(0);
        String of = typed ? steps.get(0) : any ? null : type;
        Stream<String> types = of == null ? fhir.getResourceTypes().stream() : Stream.of(of);
        if (!step.isEmpty() && types.noneMatch(each -> hasElement(each, step))) {
            throw new InvalidRequestException("_elements names " + path + ", which is not an element"
                    + (of == null ? " of any resource type" : " of " + of));
        }
    }

    private boolean hasElement(String type, String name) {
        BaseRuntimeElementCompositeDefinition<?> definition = fhir.getResourceDefinition(type);
        return definition.getChildByName(name) != null || definition.getChildByName(name + "[x]") != null;
    }
}
