package org.holovitals.server.leaks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.holovitals.server.leaks.FhirHttp.Answer;

/** Whether an answer tells of a patient whom the caller may not see. */
final class LeakCheck {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int SERVER_ERROR = 500;

    private final List<Canary> hidden;

    /** With the patients whom the caller may not see. */
    LeakCheck(List<Canary> hidden) {
        this.hidden = hidden;
    }

    /** Why it is a leak. A failure of the server is one too: nobody can say what it would have answered. */
    Optional<String> reason(Probe probe, Probe sent, Answer answer) {
        String asked = sent.path() + " " + sent.body();
        Optional<String> trace = hidden.stream()
                .flatMap(canary -> canary.traces().stream())
                .filter(text -> !asked.contains(text) && answer.body().contains(text))
                .findFirst();
        if (trace.isPresent()) {
            return Optional.of("the answer holds " + trace.get());
        }
        JsonNode body = json(answer.body());
        Stream<Integer> statuses =
                sent.path().isEmpty() && answer.isSuccess() ? statuses(body) : Stream.of(answer.status());
        return statuses.flatMap(status -> ofStatus(probe, status).stream())
                .findFirst()
                .or(() -> counted(asked, body));
    }

    private static Optional<String> ofStatus(Probe probe, int status) {
        if (status >= SERVER_ERROR) {
            return Optional.of("the server failed with " + status);
        }
        boolean isDone = status >= 200 && status < 300;
        return probe.isWrite() && isDone ? Optional.of("the write was done, with " + status) : Optional.empty();
    }

    /** A number of what is not shown: alone it may be of the caller's own, unless only the other's was asked for. */
    private Optional<String> counted(String asked, JsonNode body) {
        boolean isOfOthers =
                hidden.stream().flatMap(canary -> canary.traces().stream()).anyMatch(asked::contains);
        return Stream.concat(Stream.of(body), entries(body).map(entry -> entry.path("resource")))
                .filter(bundle -> bundle.path("type").asText().equals("searchset"))
                .filter(bundle -> bundle.path("total").asInt() > matches(bundle) && !hasNext(bundle))
                .filter(bundle -> bundle.has("entry") || isOfOthers)
                .map(bundle -> "the total is " + bundle.path("total") + " of " + matches(bundle) + " shown")
                .findFirst();
    }

    private static boolean hasNext(JsonNode bundle) {
        return StreamSupport.stream(bundle.path("link").spliterator(), false)
                .anyMatch(link -> link.path("relation").asText().equals("next"));
    }

    private static long matches(JsonNode bundle) {
        return entries(bundle)
                .filter(entry ->
                        entry.path("search").path("mode").asText("match").equals("match"))
                .count();
    }

    /** The statuses of a bundle's entries, when it is the answer to a bundle. */
    private static Stream<Integer> statuses(JsonNode body) {
        return entries(body)
                .map(entry -> entry.path("response").path("status").asText())
                .filter(status -> status.matches("\\d{3}.*"))
                .map(status -> Integer.valueOf(status.substring(0, 3)));
    }

    private static Stream<JsonNode> entries(JsonNode body) {
        return StreamSupport.stream(body.path("entry").spliterator(), false);
    }

    private static JsonNode json(String text) {
        try {
            return text.startsWith("{") ? JSON.readTree(text) : MissingNode.getInstance();
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }
}
