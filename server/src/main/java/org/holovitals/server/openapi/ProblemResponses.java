package org.holovitals.server.openapi;

import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.holovitals.server.problem.ProblemType;
import org.springframework.http.HttpStatus;

/** The RFC 9457 problems of {@code /api} as responses: each status with the types that have it. */
final class ProblemResponses {
    private static final String PROBLEM = "Problem";
    /** What the gate and Spring itself find wrong says no more than its status. */
    private static final String UNTYPED = "about:blank";

    private ProblemResponses() {}

    static ApiResponse of(HttpStatus status) {
        return response(status.getReasonPhrase(), type -> type.status() == status);
    }

    static ApiResponse other() {
        return response("Any other problem", type -> true);
    }

    static Map<String, Schema<?>> schemas() {
        ObjectSchema problem = new ObjectSchema();
        problem.addProperty("type", new StringSchema().format("uri").description("Which kind of problem"));
        problem.addProperty("title", new StringSchema().description("The same words for every one of a kind"));
        problem.addProperty("status", new IntegerSchema());
        problem.addProperty("detail", new StringSchema().description("What is the matter in this case"));
        problem.setRequired(List.of("type", "title", "status", "detail"));
        return Map.of(PROBLEM, problem);
    }

    private static ApiResponse response(String description, Predicate<ProblemType> isMeant) {
        List<ProblemType> types =
                Arrays.stream(ProblemType.values()).filter(isMeant).toList();
        StringSchema type = new StringSchema();
        Stream.concat(Stream.of(UNTYPED), types.stream().map(ProblemType::uri)).forEach(type::addEnumItem);
        Schema<?> schema = new Schema<>()
                .addAllOfItem(new Schema<>().$ref("#/components/schemas/" + PROBLEM))
                .addAllOfItem(new ObjectSchema().addProperty("type", type));
        return new ApiResponse()
                .description(
                        Stream.concat(Stream.of(description), types.stream().map(ProblemType::title))
                                .distinct()
                                .collect(Collectors.joining("; ")))
                .content(new Content().addMediaType("application/problem+json", new MediaType().schema(schema)));
    }
}
