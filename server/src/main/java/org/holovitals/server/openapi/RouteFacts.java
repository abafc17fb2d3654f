package org.holovitals.server.openapi;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.holovitals.server.access.CalledBy;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.http.HttpStatus;
import org.springframework.web.method.HandlerMethod;

/** Adds to each operation its callers, and the problems that follow from its shape. */
final class RouteFacts implements GlobalOperationCustomizer {

    /** Which kinds of callers a route is for; {@code ANYONE} is whoever has a valid token. */
    static final String CALLERS = "x-callers";

    @Override
    public Operation customize(Operation operation, HandlerMethod method) {
        CalledBy calledBy = method.getMethodAnnotation(CalledBy.class);
        List<String> callers = calledBy == null
                ? List.of()
                : Arrays.stream(calledBy.value()).map(Enum::name).sorted().toList();
        operation.addExtension(CALLERS, callers);
        operation.setDescription(
                "For: " + String.join(", ", callers).toLowerCase(Locale.ROOT).replace("anyone", "whoever has a token"));
        operation.setTags(List.of(tag(method)));
        addProblems(operation);
        return operation;
    }

    private static void addProblems(Operation operation) {
        ApiResponses responses = operation.getResponses();
        boolean hasParameters =
                operation.getParameters() != null && !operation.getParameters().isEmpty();
        if (hasParameters || operation.getRequestBody() != null) {
            responses.addApiResponse("400", ProblemResponses.of(HttpStatus.BAD_REQUEST));
        }
        responses.addApiResponse("401", ProblemResponses.of(HttpStatus.UNAUTHORIZED));
        responses.addApiResponse("403", ProblemResponses.of(HttpStatus.FORBIDDEN));
        if (hasParameters
                && operation.getParameters().stream().anyMatch(parameter -> "path".equals(parameter.getIn()))) {
            responses.addApiResponse("404", ProblemResponses.of(HttpStatus.NOT_FOUND));
        }
        responses.addApiResponse("default", ProblemResponses.other());
    }

    /** By the package of the feature. */
    private static String tag(HandlerMethod method) {
        String name = method.getBeanType().getPackageName();
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
