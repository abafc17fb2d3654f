package org.holovitals.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.holovitals.server.ServerTest;
import org.holovitals.server.TestIssuer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

final class RoutesTest extends ServerTest {
    /** Each route of {@code /api} with the callers that it answers; a new route is added here with its callers. */
    private static final Map<String, List<String>> ROUTES = Map.of(
            "/api/me", List.of("patient", "clinician", "compliance", "admin", "service"),
            "/api/mappings/report", List.of("admin"));

    private static final Map<String, String> CALLERS = Map.of(
            "patient", TestIssuer.patient("p-1", "patient/*.rs"),
            "clinician", TestIssuer.user("clinician", "user/*.cruds"),
            "compliance", TestIssuer.user("compliance", "user/*.cruds"),
            "admin", TestIssuer.user("admin", "user/*.cruds"),
            "service", TestIssuer.system());

    private final RequestMappingHandlerMapping mappings;

    @Autowired
    RoutesTest(@Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mappings) {
        this.mappings = mappings;
    }

    @Test
    void everyRouteDeclaresItsCallersAndIsListedHere() {
        Map<String, Boolean> declared = new TreeMap<>();
        mappings.getHandlerMethods().forEach((mapping, method) -> mapping.getPatternValues().stream()
                .filter(pattern -> pattern.startsWith("/api"))
                .forEach(pattern -> declared.put(pattern, method.hasMethodAnnotation(CalledBy.class))));
        assertThat(declared).doesNotContainValue(false);
        assertThat(declared.keySet()).isEqualTo(ROUTES.keySet());
    }

    @Test
    void everyRouteAnswersItsCallersAndNoOthers() {
        ROUTES.forEach((route, callers) -> CALLERS.forEach((caller, token) -> {
            HttpResponse<String> answer = at(route, token);
            if (callers.contains(caller)) {
                assertThat(answer.statusCode()).as(caller + route).isIn(200, 202);
            } else {
                assertThat(answer.statusCode()).as(caller + route).isEqualTo(403);
                assertThat(answer.headers().firstValue("Content-Type").orElse(""))
                        .startsWith("application/problem+json");
            }
        }));
    }

    @Test
    void aPathThatIsNoRouteIsNotFound() {
        assertThat(at("/api/nothing", TestIssuer.system()).statusCode()).isEqualTo(404);
    }

    @Test
    void metricsAndOtherPathsAreNotForUsers() {
        for (String path : List.of("/actuator/info", "/actuator/env", "/websocket", "/")) {
            assertThat(at(path, TestIssuer.system()).statusCode()).as(path).isEqualTo(403);
        }
    }

    private HttpResponse<String> at(String path, String token) {
        return sendAs(token, HttpRequest.newBuilder(URI.create(base().replace("/fhir", path))));
    }
}
