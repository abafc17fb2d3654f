package org.holovitals.keycloak.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers as our server does when Keycloak asks about launches and the names of patients. */
final class LaunchAnswers {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final Map<String, String> contexts = new ConcurrentHashMap<>();
    private final List<String> tokens = new CopyOnWriteArrayList<>();

    private LaunchAnswers(HttpServer server) {
        this.server = server;
    }

    static LaunchAnswers start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        LaunchAnswers answers = new LaunchAnswers(server);
        server.createContext("/launches/context", answers::context);
        server.createContext("/launches/patients", answers::patients);
        server.start();
        return answers;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/launches";
    }

    void open(String launch, String context) {
        contexts.put(launch, context);
    }

    /** The tokens that came with the calls. */
    List<String> tokens() {
        return tokens;
    }

    private void context(HttpExchange exchange) throws IOException {
        String context = contexts.get(body(exchange).path("launch").asText());
        if (context == null) {
            answer(exchange, 404, "{}");
        } else {
            answer(exchange, 200, context);
        }
    }

    private void patients(HttpExchange exchange) throws IOException {
        List<Map<String, String>> patients = new CopyOnWriteArrayList<>();
        body(exchange)
                .path("patients")
                .forEach(id -> patients.add(
                        Map.of("id", id.asText(), "name", "Name of <" + id.asText() + ">", "birthDate", "1990-01-01")));
        answer(exchange, 200, JSON.writeValueAsString(Map.of("patients", patients)));
    }

    private JsonNode body(HttpExchange exchange) throws IOException {
        tokens.add(exchange.getRequestHeaders().getFirst("Authorization"));
        return JSON.readTree(exchange.getRequestBody());
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
