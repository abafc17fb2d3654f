package org.holovitals.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.holovitals.server.ServerTest;
import org.holovitals.server.TestIssuer;
import org.holovitals.server.access.CalledBy.Kind;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

final class RoutesTest extends ServerTest {
    private static final Path LIST = Path.of("src/test/resources/routes.txt");

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

    /** A new route is added to the file with its callers, so that nobody opens one by an annotation alone. */
    @Test
    void everyRouteDeclaresItsCallersAndIsListed() throws IOException {
        assertThat(declared().keySet()).containsExactlyElementsOf(Files.readAllLines(LIST));
    }

    @TestFactory
    Stream<DynamicTest> everyRouteRefusesTheCallersThatItIsNotFor() {
        return declared().entrySet().stream().flatMap(route -> CALLERS.entrySet().stream()
                .filter(caller -> isRefused(route.getValue(), caller.getKey()))
                .map(caller -> dynamicTest(
                        caller.getKey() + " " + route.getKey(), () -> refuses(route.getKey(), caller.getValue()))));
    }

    @TestFactory
    Stream<DynamicTest> everyRouteWithoutATokenIsRefused() {
        return declared().keySet().stream()
                .map(route -> dynamicTest(
                        route,
                        () -> assertThat(sendBare(request(route)).statusCode()).isEqualTo(401)));
    }

    @Test
    void aRouteAnswersWhomItIsFor() {
        assertThat(at("/api/me", TestIssuer.user("clinician", "user/*.cruds")).statusCode())
                .isEqualTo(200);
        assertThat(at("/api/mappings/report", TestIssuer.user("admin", "user/*.cruds"))
                        .statusCode())
                .isIn(200, 202);
    }

    private void refuses(String route, String token) {
        HttpResponse<String> answer = sendAs(token, request(route));
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
    }

    private static boolean isRefused(CalledBy callers, String caller) {
        return Arrays.stream(callers.value())
                .noneMatch(kind -> kind == Kind.ANYONE || kind.name().equalsIgnoreCase(caller));
    }

    /** By the line of the list. */
    private Map<String, CalledBy> declared() {
        Map<String, CalledBy> routes = new TreeMap<>();
        mappings.getHandlerMethods().forEach((mapping, method) -> mapping.getPatternValues().stream()
                .filter(pattern -> pattern.startsWith("/api"))
                .forEach(pattern -> {
                    CalledBy callers = method.getMethodAnnotation(CalledBy.class);
                    assertThat(callers).as(pattern).isNotNull();
                    mapping.getMethodsCondition()
                            .getMethods()
                            .forEach(verb -> routes.put(
                                    verb + " " + pattern + " "
                                            + Arrays.stream(callers.value())
                                                    .map(Enum::name)
                                                    .sorted()
                                                    .collect(Collectors.joining(" ")),
                                    callers));
                }));
        return routes;
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

    private HttpRequest.Builder request(String route) {
        String[] words = route.split(" ", 3);
        String path = words[1].replaceAll("\\{[^}]*}", "00000000-0000-7000-8000-000000000000");
        return HttpRequest.newBuilder(URI.create(base().replace("/fhir", path)))
                .header("Content-Type", "application/json")
                .method(words[0], HttpRequest.BodyPublishers.ofString(words[0].equals("GET") ? "" : "{}"));
    }

    private HttpResponse<String> at(String path, String token) {
        return sendAs(token, HttpRequest.newBuilder(URI.create(base().replace("/fhir", path))));
    }
}
