package org.holovitals.server.stored;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeDeclaredChildDefinition;
import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Cuts resources down to some of their elements. What a resource must have, and what changes the meaning of others, always
 * stays; a resource that was cut has the tag SUBSETTED.
 */
public final class RootElements {
    private static final String EVERY_TYPE = "";
    private static final Set<String> ALWAYS =
            Set.of("resourceType", "id", "meta", "implicitRules", "modifierExtension");

    /** Numbers keep their digits. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final FhirContext fhir;
    private final Map<String, Set<String>> named = new HashMap<>();
    private final Map<String, Set<String>> kept = new HashMap<>();

    /**
     * Of words such as {@code name}, of every type, or {@code Patient.name}.
     *
     * @throws IllegalArgumentException when a word is no element at the root of its type, with text for the client
     */
    public RootElements(FhirContext fhir, Set<String> words) {
        this(fhir, words.stream().map(text -> Word.of(text).required(fhir)).toList());
    }

    private RootElements(FhirContext fhir, List<Word> words) {
        this.fhir = fhir;
        words.forEach(word ->
                named.computeIfAbsent(word.type(), each -> new TreeSet<>()).add(word.element()));
    }

    /** The same; empty when a word is no element at the root of its type. */
    public static Optional<RootElements> of(FhirContext fhir, Set<String> words) {
        List<Word> known =
                words.stream().map(Word::of).filter(word -> word.isKnown(fhir)).toList();
        return known.size() == words.size() ? Optional.of(new RootElements(fhir, known)) : Optional.empty();
    }

    private record Word(String type, String element) {
        static Word of(String text) {
            int dot = text.indexOf('.');
            return new Word(dot < 0 ? EVERY_TYPE : text.substring(0, dot), text.substring(dot + 1));
        }

        Word required(FhirContext fhir) {
            if (!isKnown(fhir)) {
                boolean isOfEvery = type.equals(EVERY_TYPE);
                throw new IllegalArgumentException("_elements names " + (isOfEvery ? element : type + "." + element)
                        + ", which is no element at the root of " + (isOfEvery ? "any resource type" : type));
            }
            return this;
        }

        boolean isKnown(FhirContext fhir) {
            Set<String> all = fhir.getResourceTypes();
            Stream<String> types =
                    type.equals(EVERY_TYPE) ? all.stream() : Stream.of(type).filter(all::contains);
            return types.anyMatch(each -> elements(fhir, each).contains(element));
        }
    }

    /** A resource's line without what is not asked for. Of a type that no word is about, all is kept. */
    public String of(String type, String line) throws JsonProcessingException {
        Set<String> keep = named.isEmpty() ? Set.of() : kept.computeIfAbsent(type, this::keep);
        if (keep.isEmpty()) {
            return line;
        }
        ObjectNode resource = (ObjectNode) JSON.readTree(line);
        Set<String> present = new HashSet<>();
        resource.fieldNames().forEachRemaining(present::add);
        present.removeIf(field -> keep.contains(field.startsWith("_") ? field.substring(1) : field));
        if (!present.isEmpty()) {
            resource.remove(present);
            tag(resource);
        }
        return resource.toString();
    }

    private static void tag(ObjectNode resource) {
        JsonNode meta = resource.get("meta");
        ArrayNode tags = (meta instanceof ObjectNode known ? known : resource.putObject("meta")).withArray("tag");
        tags.addObject()
                .put("system", "http://terminology.hl7.org/CodeSystem/v3-ObservationValue")
                .put("code", "SUBSETTED");
    }

    /** Nothing when the type is kept whole. */
    private Set<String> keep(String type) {
        Set<String> wanted = new HashSet<>(named.getOrDefault(type, Set.of()));
        wanted.addAll(named.getOrDefault(EVERY_TYPE, Set.of()));
        if (wanted.isEmpty()) {
            return Set.of();
        }
        Set<String> keep = new HashSet<>(ALWAYS);
        for (BaseRuntimeChildDefinition child : fhir.getResourceDefinition(type).getChildren()) {
            boolean isNamed = wanted.contains(nameOf(child))
                    || child.getValidChildNames().stream().anyMatch(wanted::contains);
            if (isNamed || child.getMin() > 0 || isModifier(child)) {
                keep.addAll(child.getValidChildNames());
            }
        }
        return keep;
    }

    private static boolean isModifier(BaseRuntimeChildDefinition child) {
        return child instanceof BaseRuntimeDeclaredChildDefinition declared && declared.isModifier();
    }

    private static Set<String> elements(FhirContext fhir, String type) {
        Set<String> names = new HashSet<>(Set.of("id"));
        for (BaseRuntimeChildDefinition child : fhir.getResourceDefinition(type).getChildren()) {
            names.addAll(child.getValidChildNames());
            names.add(nameOf(child));
        }
        return names;
    }

    /** {@code value} of {@code value[x]}. */
    private static String nameOf(BaseRuntimeChildDefinition child) {
        return child.getElementName().replace("[x]", "");
    }
}
