package org.holovitals.server.reading;

import ca.uhn.fhir.context.BaseRuntimeDeclaredChildDefinition;
import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One request to both, followed to its last page. */
final class Comparison {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final FhirContext FHIR = FhirContext.forR4Cached();
    private static final int MOST_PAGES = 30;

    private final Requests.Request request;
    private final Outcome reader;
    private final Outcome hapi;

    Comparison(Requests.Request request, String base) throws IOException, InterruptedException {
        this.request = request;
        String separator = request.path().contains("?") ? "&" : "?";
        this.reader = outcome(base + request.path());
        this.hapi = outcome(base + request.path() + separator + "_pretty=true");
        if (hapi.isRead()) {
            throw new IllegalStateException("What is to be pretty is HAPI's");
        }
    }

    /**
     * What came back.
     *
     * @param resources of all pages
     * @param pages how many on each
     */
    private record Outcome(
            int status,
            boolean isRead,
            List<JsonNode> resources,
            List<JsonNode> matches,
            List<Integer> pages,
            Optional<Long> total,
            String headers) {}

    /** Who answered; neither, where HAPI refused. */
    String answeredBy() {
        if (hapi.status() != 200) {
            return "neither";
        }
        return reader.isRead() ? "the reader" : "HAPI";
    }

    Optional<String> difference() {
        String found = null;
        if (hapi.status() == 500 && reader.status() == 200) {
            // With assertions on HAPI fails on a parameter that is given twice with one value.
            return Optional.empty();
        } else if (reader.status() != hapi.status()) {
            found = "status " + reader.status() + " instead of " + hapi.status();
        } else if (!ids(reader).equals(ids(hapi))) {
            found = "finds " + ids(reader) + " instead of " + ids(hapi);
        } else if (!sorted(reader).equals(sorted(hapi))) {
            found = "resources " + firstOf(sorted(reader), sorted(hapi));
        } else if (!request.isEverything() && !reader.pages().equals(hapi.pages())) {
            found = "pages of " + reader.pages() + " instead of " + hapi.pages();
        } else if (hapi.total().isPresent()
                && reader.total().isPresent()
                && !reader.total().equals(hapi.total())) {
            found = "total " + reader.total() + " instead of " + hapi.total();
        } else if (!reader.headers().equals(hapi.headers())) {
            found = "headers " + reader.headers() + " instead of " + hapi.headers();
        } else if (!keys(reader).equals(keys(hapi))) {
            found = "order " + keys(reader) + " instead of " + keys(hapi);
        }
        return Optional.ofNullable(found)
                .map(text -> request.path() + " of " + request.caller() + ": "
                        + text.substring(0, Math.min(text.length(), 1200)));
    }

    private static String firstOf(List<JsonNode> read, List<JsonNode> expected) {
        for (int i = 0; i < read.size(); i++) {
            if (!read.get(i).equals(expected.get(i))) {
                return read.get(i) + "\ninstead of\n" + expected.get(i);
            }
        }
        return "";
    }

    private static List<String> ids(Outcome outcome) {
        return outcome.resources().stream().map(Comparison::id).sorted().toList();
    }

    private static String id(JsonNode resource) {
        return resource.path("resourceType").asText() + "/"
                + resource.path("id").asText();
    }

    private static List<JsonNode> sorted(Outcome outcome) {
        return outcome.resources().stream()
                .sorted(Comparator.comparing(Comparison::id))
                .toList();
    }

    /** What the pages were sorted by; ties are in any order, and so is what comes along. */
    private List<String> keys(Outcome outcome) {
        return outcome.matches().stream().map(request.key()).toList();
    }

    private Outcome outcome(String url) throws IOException, InterruptedException {
        String token = request.token();
        HttpResponse<String> response = get(url, token);
        boolean isRead = response.headers().firstValue("X-Answered-By").isPresent();
        String headers = response.headers().firstValue("ETag").orElse("") + " "
                + response.headers().firstValue("Content-Location").orElse("") + " "
                + response.headers().firstValue("Content-Type").orElse("");
        JsonNode body = JSON.readTree(response.body());
        if (response.statusCode() != 200 || !body.path("resourceType").asText().equals("Bundle")) {
            List<JsonNode> one = response.statusCode() == 200 ? List.of(normalised(body)) : List.of();
            return new Outcome(response.statusCode(), isRead, one, one, List.of(), Optional.empty(), headers);
        }
        Optional<Long> total =
                body.has("total") ? Optional.of(body.path("total").asLong()) : Optional.empty();
        List<JsonNode> resources = new ArrayList<>();
        List<JsonNode> matches = new ArrayList<>();
        List<Integer> pages = new ArrayList<>();
        while (true) {
            for (JsonNode entry : body.path("entry")) {
                resources.add(normalised(entry.path("resource")));
                if (entry.at("/search/mode").asText().equals("match")) {
                    matches.add(entry.path("resource"));
                }
            }
            pages.add(body.path("entry").size());
            Optional<String> next = next(body);
            if (next.isEmpty() || pages.size() == MOST_PAGES) {
                return new Outcome(200, isRead, resources, matches, pages, total, "");
            }
            response = get(next.get(), token);
            if (response.statusCode() != 200) {
                return new Outcome(response.statusCode(), isRead, resources, matches, pages, total, response.body());
            }
            body = JSON.readTree(response.body());
        }
    }

    /**
     * HAPI writes the time in the zone of the machine. Of a resource that is cut it leaves out what is mandatory and what changes
     * the meaning of others, unless they are asked for, and it has words for the tag, which it sets although nothing is missing.
     */
    private JsonNode normalised(JsonNode resource) {
        if (!request.elements().isEmpty() && resource instanceof ObjectNode cut) {
            cut.remove(unasked(cut.path("resourceType").asText()));
            ((ObjectNode) cut.path("meta")).remove("tag");
        }
        if (resource.path("meta") instanceof ObjectNode meta && meta.has("lastUpdated")) {
            meta.put(
                    "lastUpdated",
                    OffsetDateTime.parse(meta.path("lastUpdated").asText())
                            .toInstant()
                            .toString());
        }
        return resource;
    }

    /** What stays without being asked for. */
    private List<String> unasked(String type) {
        return Stream.concat(
                        Stream.of("implicitRules", "modifierExtension"),
                        FHIR.getResourceDefinition(type).getChildren().stream()
                                .filter(child -> child.getMin() > 0
                                        || (child instanceof BaseRuntimeDeclaredChildDefinition declared
                                                && declared.isModifier()))
                                .filter(child -> !request.elements()
                                        .contains(child.getElementName().replace("[x]", "")))
                                .flatMap(child -> child.getValidChildNames().stream()))
                .flatMap(name -> Stream.of(name, "_" + name))
                .toList();
    }

    /** The link to the next page. */
    static Optional<String> next(JsonNode bundle) {
        for (JsonNode link : bundle.path("link")) {
            if (link.path("relation").asText().equals("next")) {
                return Optional.of(link.path("url").asText());
            }
        }
        return Optional.empty();
    }

    private static HttpResponse<String> get(String url, String token) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("Authorization", "Bearer " + token)
                .build();
        return HTTP.send(request, BodyHandlers.ofString());
    }
}
