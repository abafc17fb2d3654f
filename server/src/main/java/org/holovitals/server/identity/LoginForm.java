package org.holovitals.server.identity;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;

/** Walks through Keycloak's pages as a browser does: keeps cookies, follows redirects, fills forms. */
final class LoginForm {
    private final HttpClient http =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
    private final Map<String, String> cookies = new HashMap<>();
    private final String end;
    private HttpResponse<String> page;

    /** Opens an address; the walk ends at the first redirect to an address that begins with {@code end}. */
    LoginForm(URI address, String end) throws IOException, InterruptedException {
        this.end = end;
        this.page = follow(HttpRequest.newBuilder(address));
    }

    /** The address at which the walk ended; empty while a page is shown. */
    Optional<URI> ended() {
        return page.headers()
                .firstValue("Location")
                .filter(location -> location.startsWith(end))
                .map(URI::create);
    }

    /** Whether the page's form has a field of the name. */
    boolean asksFor(String field) {
        return Jsoup.parse(page.body()).selectFirst("form [name=" + field + "]") != null;
    }

    /** All that the page says. */
    String text() {
        return Jsoup.parse(page.body()).text();
    }

    /** What the page says is wrong; empty when it does not. */
    String problem() {
        return Jsoup.parse(page.body())
                .select("#kc-error-message, .kc-feedback-text, #input-error, [id^=input-error], .alert-error")
                .text();
    }

    /** Posts the form with these values, and what else stands in it: hidden fields and whatever is ticked. */
    void submit(Map<String, String> values) throws IOException, InterruptedException {
        Element form = Jsoup.parse(page.body(), page.uri().toString()).selectFirst("form");
        if (form == null) {
            throw new IOException("Keycloak shows no form: " + page.statusCode() + " " + problem());
        }
        List<String> fields = new ArrayList<>();
        for (Element input : form.select("input[name], button[name]")) {
            String value = values.get(input.attr("name"));
            boolean isSent = input.attr("type").equals("hidden") || input.hasAttr("checked");
            if (value == null && isSent) {
                fields.add(field(input.attr("name"), input.attr("value")));
            }
        }
        values.forEach((name, value) -> fields.add(field(name, value)));
        page = follow(HttpRequest.newBuilder(URI.create(form.absUrl("action")))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(String.join("&", fields))));
    }

    static String field(String name, String value) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8) + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private HttpResponse<String> follow(HttpRequest.Builder first) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(first);
        while (answer.statusCode() / 100 == 3) {
            String location = answer.headers().firstValue("Location").orElseThrow();
            if (location.startsWith(end)) {
                return answer;
            }
            answer = send(HttpRequest.newBuilder(answer.uri().resolve(location)));
        }
        return answer;
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        HttpResponse<String> answer =
                http.send(request.timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofString());
        for (String cookie : answer.headers().allValues("Set-Cookie")) {
            String[] pair = cookie.split(";", 2)[0].split("=", 2);
            if (cookie.contains("Max-Age=0")) {
                cookies.remove(pair[0]);
            } else {
                cookies.put(pair[0], pair[1]);
            }
        }
        return answer;
    }
}
