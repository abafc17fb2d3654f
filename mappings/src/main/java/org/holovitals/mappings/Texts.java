package org.holovitals.mappings;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Annotation;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.jspecify.annotations.Nullable;

/** Text out of FHIR's elements, where an empty text is no text. */
final class Texts {
    private static final String BETWEEN_WORDS = "; ";
    private static final String BETWEEN_NOTES = "\n\n";

    private Texts() {}

    /** The value as FHIR writes it; null for an element that holds only extensions, or a code that FHIR does not know. */
    static @Nullable String value(@Nullable PrimitiveType<?> element) {
        if (element == null || element.getValue() == null) {
            return null;
        }
        String text = element.getValueAsString();
        return text == null || text.isEmpty() ? null : text;
    }

    static @Nullable String or(@Nullable String text, @Nullable String other) {
        return text != null ? text : other;
    }

    /** Several concepts as one text. */
    static @Nullable String words(Stream<CodeableConcept> concepts) {
        return joined(concepts.map(Concepts::words).flatMap(Stream::ofNullable), BETWEEN_WORDS);
    }

    /** The concepts of such a text, which never lose a character of it. */
    static List<CodeableConcept> concepts(@Nullable String words) {
        return split(words, BETWEEN_WORDS).stream()
                .map(text -> new CodeableConcept().setText(text))
                .toList();
    }

    static @Nullable String notes(List<Annotation> notes) {
        return joined(
                notes.stream().map(note -> value(note.getTextElement())).flatMap(Stream::ofNullable), BETWEEN_NOTES);
    }

    /** One note, even of a text that several made: where one ended is not known any more. */
    static List<Annotation> notes(@Nullable String notes) {
        return notes == null ? List.of() : List.of(new Annotation().setText(notes));
    }

    static List<String> split(@Nullable String text, String separator) {
        if (text == null) {
            return List.of();
        }
        var parts = Arrays.asList(text.split(Pattern.quote(separator), -1));
        return parts.stream().anyMatch(String::isBlank) ? List.of(text) : parts;
    }

    static @Nullable String joined(Stream<String> parts, String separator) {
        String text = parts.collect(Collectors.joining(separator));
        return text.isEmpty() ? null : text;
    }
}
