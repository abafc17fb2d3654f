package org.holovitals.server.stored;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.holovitals.server.Sample;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines of resources beside what a parser makes of the same JSON. */
final class ResourceLineTest {
    private static final Instant UPDATED = Instant.parse("2026-03-04T05:06:07.089Z");

    /** Numbers keep their digits. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    @Test
    void theSampleIsAsAParserHasIt() throws IOException {
        List<JsonNode> resources = new ArrayList<>();
        for (Path file : Sample.files()) {
            JSON.readTree(Sample.text(file)).path("entry").forEach(entry -> resources.add(entry.path("resource")));
        }
        assertThat(resources).hasSizeGreaterThan(1000);
        for (JsonNode resource : resources) {
            isAsAParserHasIt(resource.toString(), null);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"resourceType\":\"Patient\"}",
                "{\"resourceType\":\"Patient\",\"active\":true,\"multipleBirthInteger\":-1.50e+3}",
                "{\"name\":[{\"given\":[\"A\",\"\\\"reference\\\":\\\"Patient/1\\\"\",\"\\\\\"],\"family\":\"{[,:]}\"}]}",
                "{\"subject\":{\"reference\":\"Patient/a\\u002fb\\n\",\"display\":\"reference\"},\"status\":\"code\"}",
                "{\"meta\":{\"versionId\":\"7\",\"lastUpdated\":\"2020-01-01\",\"source\":\"#a\",\"profile\":[\"p\",\"q\"],"
                        + "\"tag\":[{\"system\":\"s\",\"code\":\"c\"}]},\"id\":\"x\",\"resourceType\":\"Basic\"}",
                "{\"meta\":{},\"contained\":[{\"resourceType\":\"Basic\",\"id\":\"in\",\"subject\":{\"reference\":\"Patient/2\"},"
                        + "\"category\":[{\"coding\":[{\"code\":\"inner\"}]}]}],\"category\":[{\"coding\":[{\"code\":\"one\"},"
                        + "{\"system\":\"s\",\"code\":\"t\\u0077o\"}]},{\"coding\":[{\"code\":\"three\"}]}]}",
                "{\"category\":{\"coding\":[{\"code\":\"alone\"}]},\"code\":{\"coding\":[{\"code\":\"other\"}]}}",
                "{\"extension\":[{\"url\":\"u\",\"extension\":[{\"url\":\"v\",\"valueReference\":{\"reference\":\"Patient/9\"}}]}],"
                        + "\"participant\":[{\"actor\":{\"reference\":\"Patient/1\"},\"period\":{\"start\":\"2020\"}},"
                        + "{\"actor\":{\"reference\":\"Patient/2\"}}],\"a\":{\"b\":{\"c\":{\"d\":{\"e\":{\"f\":{\"g\":{\"h\":{\"i\":"
                        + "{\"reference\":\"Patient/deep\"}}}}}}}}}}",
                """
                 {
                  "resourceType" : "Basic" ,
                 "meta" : { "source" : "s" , "security" : [ ] } , "id" : "1" ,
                 "subject" : { "reference" : "Patient/1" } , "n" : 1.0 , "t" : true }
                """
            })
    void hardOnesAreAsAParserHasThem(String stored) throws IOException {
        isAsAParserHasIt(stored, null);
        isAsAParserHasIt(stored, "http://example.org/\"quoted\"#1");
    }

    private static void isAsAParserHasIt(String stored, @Nullable String source) throws IOException {
        ObjectNode expected = (ObjectNode) JSON.readTree(stored);
        List<Mention> references = new ArrayList<>();
        expected.properties().stream()
                .filter(member -> !Set.of("id", "resourceType").contains(member.getKey()))
                .forEach(member -> collect(member.getKey(), member.getValue(), "", references));
        Set<String> categories = new HashSet<>();
        list(expected.path("category")).forEach(category -> category.path("coding")
                .forEach(coding -> categories.add(coding.path("code").asText())));
        expected.put("resourceType", "Basic").put("id", "some-id");
        ObjectNode meta = expected.withObject("/meta").put("versionId", "3").put("lastUpdated", UPDATED.toString());
        if (source != null) {
            meta.put("source", source);
        }

        WholeResource whole = ResourceLine.of(new StoredResource("Basic", "some-id", 3, UPDATED, source, stored));

        assertThat(JSON.readTree(whole.json())).isEqualTo(expected);
        assertThat(whole.json()).doesNotContain("\n");
        assertThat(whole.references()).isEqualTo(references);
        assertThat(whole.categories()).isEqualTo(categories);
    }

    private static Iterable<JsonNode> list(JsonNode value) {
        return value.isArray() ? value : List.of(value);
    }

    private static void collect(String name, JsonNode value, String path, List<Mention> references) {
        if (name.equals("reference") && value.isTextual()) {
            references.add(new Mention(path, value.textValue()));
        }
        for (JsonNode each : list(value)) {
            each.properties()
                    .forEach(member -> collect(
                            member.getKey(), member.getValue(), path.isEmpty() ? name : path + "." + name, references));
        }
    }

    @Test
    void whatIsCutOffIsNoResource() {
        String stored = "{\"resourceType\":\"Basic\",\"subject\":{\"reference\":\"Patient/1\"}}";
        for (int end = 1; end < stored.length(); end++) {
            StoredResource cut = new StoredResource("Basic", "1", 1, UPDATED, null, stored.substring(0, end));
            assertThat(thrown(cut)).as(cut.json()).isTrue();
        }
    }

    private static boolean thrown(StoredResource stored) {
        try {
            ResourceLine.of(stored);
            return false;
        } catch (IndexOutOfBoundsException | JsonProcessingException e) {
            return true;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
