package org.holovitals.mappings;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Resource;

/** The leaves of a resource as its JSON has them: a second opinion that does not go through HAPI's list of elements. */
final class JsonLeaves {
    private static final FhirContext FHIR = FhirContext.forR4Cached();
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    /** The origin holds these. */
    private static final Pattern HELD = Pattern.compile("\\w+\\.(resourceType|id|meta\\.versionId|meta\\.lastUpdated)");
    /** One loss stands for a whole extension or narrative. */
    private static final Pattern WHOLE =
            Pattern.compile("(.*?\\.(?:extension|modifierExtension))\\b.*|(.*\\.text)\\.(?:div|status)");

    private JsonLeaves() {}

    static List<Leaves.Leaf> of(Resource resource) {
        var parser = FHIR.newJsonParser();
        parser.setStripVersionsFromReferences(false);
        try {
            List<Leaves.Leaf> leaves = new ArrayList<>();
            collect(JSON.readTree(parser.encodeResourceToString(resource)), resource.fhirType(), leaves);
            return leaves;
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static void collect(JsonNode node, String path, List<Leaves.Leaf> leaves) {
        if (node.isObject()) {
            node.properties().forEach(child -> collect(child.getValue(), path + "." + name(child.getKey()), leaves));
        } else if (node.isArray()) {
            node.forEach(child -> collect(child, path, leaves));
        } else if (!node.isNull() && !HELD.matcher(path).matches()) {
            leaves.add(new Leaves.Leaf(shortened(path), node.asText()));
        }
    }

    /** What JSON puts under a name with an underscore belongs to the primitive element of that name. */
    private static String name(String key) {
        return key.startsWith("_") ? key.substring(1) : key;
    }

    private static String shortened(String path) {
        if (path.endsWith(".contained.resourceType")) {
            return path.substring(0, path.lastIndexOf('.'));
        }
        var whole = WHOLE.matcher(path);
        if (!whole.matches()) {
            return path;
        }
        return whole.group(1) != null ? whole.group(1) : whole.group(2);
    }
}
