package org.holovitals.keycloak.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A browser with its cookies, on the way of an app's launch. Java's own cookie store does not send a Secure cookie to
 * loopback, which browsers do.
 */
final class Browser {
    private static final Pattern ACTION = Pattern.compile("<form[^>]*action=\"([^\"]+)\"");
    private static final Pattern CHECKED = Pattern.compile("name=\"scope\" value=\"([^\"]+)\" checked");

    private final TestKeycloak keycloak;
    private final Map<String, String> cookies = new HashMap<>();
    private final Map<String, String> request = new LinkedHashMap<>();
    private String verifier = "";
    private HttpResponse<String> page;

    Browser(TestKeycloak keycloak) {
        this.keycloak = keycloak;
        this.page =
                Http.send(HttpRequest.newBuilder(URI.create(keycloak.server().issuer())));
    }

    /** The same cookies with a page of its own. */
    Browser inAnotherTab() {
        Browser tab = new Browser(keycloak);
        tab.cookies.putAll(cookies);
        return tab;
    }

    /** Takes another second factor than the page asks for. */
    Browser tryAnotherWay(String authenticator) {
        submit(List.of(List.of("tryAnotherWay", "on")));
        Matcher choice = Pattern.compile(
                        "name=\"authenticationExecution\"[^>]*value=\"([^\"]+)\"|value=\"([^\"]+)\"[^>]*name=\"authenticationExecution\"")
                .matcher(page.body());
        List<String> choices = choice.results()
                .map(result -> result.group(1) != null ? result.group(1) : result.group(2))
                .toList();
        if (choices.size() < 2) {
            throw new AssertionError("no choice for " + authenticator + ": " + page.body());
        }
        return submit(List.of(List.of("authenticationExecution", choices.get(1))));
    }

    /** Opens the app: a sound request with these scopes, changed by the given parameters (an empty value leaves one out). */
    Browser open(String scope, String... changes) {
        verifier = UUID.randomUUID() + "-" + UUID.randomUUID();
        request.clear();
        request.put("response_type", "code");
        request.put("client_id", "holovitals-demo-app");
        request.put("redirect_uri", TestKeycloak.REDIRECT);
        request.put("scope", scope);
        request.put("state", "state-of-the-app");
        request.put("aud", TestKeycloak.FHIR_BASE);
        request.put("code_challenge", challenge());
        request.put("code_challenge_method", "S256");
        for (int i = 0; i < changes.length; i += 2) {
            request.put(changes[i], changes[i + 1]);
        }
        request.values().removeIf(String::isEmpty);
        go(HttpRequest.newBuilder(
                URI.create(keycloak.server().issuer() + "/protocol/openid-connect/auth?" + Http.form(request))));
        return this;
    }

    Browser login(String user, String password) {
        return submit(List.of(List.of("username", user), List.of("password", password)));
    }

    /** Posts the page's form. */
    Browser submit(List<List<String>> fields) {
        Matcher action = ACTION.matcher(page.body());
        if (!action.find()) {
            throw new AssertionError("no form: " + page.statusCode() + " " + page.headers() + page.body());
        }
        go(HttpRequest.newBuilder(URI.create(action.group(1).replace("&amp;", "&")))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(Http.form(fields))));
        return this;
    }

    /** Allows all that is ticked, but for the scopes named; picks the patient unless it is empty. */
    Browser allow(String patient, String... unticked) {
        List<List<String>> fields = new ArrayList<>();
        offered().stream()
                .filter(scope -> !Arrays.asList(unticked).contains(scope))
                .forEach(scope -> fields.add(List.of("scope", scope)));
        if (!patient.isEmpty()) {
            fields.add(List.of("patient", patient));
        }
        fields.add(List.of("accept", "true"));
        return submit(fields);
    }

    List<String> offered() {
        return CHECKED.matcher(page.body())
                .results()
                .map(result -> result.group(1).replace("&amp;", "&"))
                .toList();
    }

    String page() {
        return page.body();
    }

    /** The parameters with which the app gets the browser back. */
    Map<String, String> callback() {
        String location = page.headers().firstValue("Location").orElse("");
        if (!location.startsWith(TestKeycloak.REDIRECT)) {
            throw new AssertionError("not back at the app: " + page.statusCode() + " " + location + page.body());
        }
        return Arrays.stream(URI.create(location).getRawQuery().split("&", -1))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    /** Redeems the code. */
    JsonNode tokens() {
        return Api.parse(keycloak.api()
                .token(Map.of(
                        "grant_type",
                        "authorization_code",
                        "client_id",
                        request.getOrDefault("client_id", ""),
                        "redirect_uri",
                        TestKeycloak.REDIRECT,
                        "code",
                        callback().getOrDefault("code", "none"),
                        "code_verifier",
                        verifier))
                .body());
    }

    private void go(HttpRequest.Builder next) {
        page = send(next);
        while (page.statusCode() / 100 == 3) {
            String location = page.headers().firstValue("Location").orElseThrow();
            if (location.startsWith(TestKeycloak.REDIRECT)) {
                return;
            }
            page = send(HttpRequest.newBuilder(page.uri().resolve(location)));
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder next) {
        String header = cookies.entrySet().stream()
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
        HttpResponse<String> response = Http.send(header.isEmpty() ? next : next.header("Cookie", header));
        for (String cookie : response.headers().allValues("Set-Cookie")) {
            String[] pair = cookie.split(";", 2)[0].split("=", 2);
            if (cookie.contains("Max-Age=0")) {
                cookies.remove(pair[0]);
            } else {
                cookies.put(pair[0], pair[1]);
            }
        }
        return response;
    }

    private String challenge() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
