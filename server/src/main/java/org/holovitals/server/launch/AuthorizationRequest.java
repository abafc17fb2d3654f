package org.holovitals.server.launch;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;

/**
 * An authorization request as it was sent, pair by pair: what is passed on has to be the same to the byte, since apps
 * compare {@code state} and issuers compare redirect URIs.
 */
record AuthorizationRequest(List<String> pairs) {
    private static final String SCOPE = "scope";

    /**
     * Reads a query or a form.
     *
     * @throws Problem when it could be read in two ways, or could not be written into a URL again
     */
    static AuthorizationRequest parse(String raw) {
        if (!raw.chars().allMatch(AuthorizationRequest::mayStandInAQuery)) {
            throw invalid("The request has characters that have to be percent-encoded");
        }
        AuthorizationRequest request =
                new AuthorizationRequest(Arrays.stream(raw.split("&", -1)).toList());
        request.refuseDuplicates();
        return request;
    }

    /** The same request with another value of {@code scope}, when it has one at all. */
    String withScope(UnaryOperator<String> change) {
        return pairs.stream()
                .map(pair -> name(pair).equals(SCOPE) ? changed(pair, change) : pair)
                .collect(Collectors.joining("&"));
    }

    /** The pair as it was where nothing is to be changed, and where nothing would be left: the issuer then says so to the app. */
    private static String changed(String pair, UnaryOperator<String> change) {
        String before = decoded(pair.substring(Math.min(pair.length(), pair.indexOf('=') + 1)));
        String after = change.apply(before);
        return after.isEmpty() || after.equals(before)
                ? pair
                : SCOPE + "=" + URLEncoder.encode(after, StandardCharsets.UTF_8);
    }

    /** RFC 6749 section 3.1: parameters must not be included more than once. */
    private void refuseDuplicates() {
        Set<String> names = new HashSet<>();
        for (String pair : pairs) {
            if (!pair.isEmpty() && !names.add(name(pair))) {
                throw invalid("A parameter is there more than once");
            }
        }
    }

    private static String name(String pair) {
        int equals = pair.indexOf('=');
        return decoded(equals < 0 ? pair : pair.substring(0, equals));
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw invalid("The request has a percent sign that encodes nothing");
        }
    }

    /** Printable ASCII but for what would end the query. */
    private static boolean mayStandInAQuery(int character) {
        return character > ' ' && character < 0x7f && character != '#';
    }

    private static Problem invalid(String detail) {
        return new Problem(ProblemType.AUTHORIZATION_REQUEST_INVALID, detail);
    }
}
