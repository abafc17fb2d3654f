package org.holovitals.server.events;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.holovitals.keycloak.admin.RealmAdmin;

/** The part of Keycloak's admin API that gives events, with events that a test makes. */
final class FakeKeycloak implements AutoCloseable {
    private static final String REALM = "/admin/realms/holovitals";

    final List<Map<String, Object>> events = new CopyOnWriteArrayList<>();
    final List<Map<String, Object>> adminEvents = new CopyOnWriteArrayList<>();
    final Map<String, Object> answers = new HashMap<>(Map.of("", Map.of("notBefore", 0)));
    private final HttpServer server;
    private volatile boolean isDown;

    FakeKeycloak() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/realms/holovitals/protocol/openid-connect/token",
                exchange -> answer(exchange, Map.of("access_token", "t", "expires_in", 300)));
        server.createContext(REALM, this::admin);
        server.start();
    }

    RealmAdmin admin() {
        return RealmAdmin.of(
                "http://127.0.0.1:" + server.getAddress().getPort() + "/realms/holovitals", "account", "secret");
    }

    void down(boolean newIsDown) {
        isDown = newIsDown;
    }

    /** An event of a user; more are names and values. */
    void event(Instant time, String type, String... more) {
        Map<String, Object> event = made(time);
        event.put("type", type);
        event.put("clientId", "an-app");
        event.put("ipAddress", "192.0.2.7");
        for (int i = 0; i < more.length; i += 2) {
            event.put(more[i], more[i + 1]);
        }
        events.add(event);
    }

    void adminEvent(Instant time, String operation, String resourceType, String path) {
        Map<String, Object> event = made(time);
        event.put("operationType", operation);
        event.put("resourceType", resourceType);
        event.put("resourcePath", path);
        event.put(
                "authDetails",
                Map.of(
                        "clientId",
                        "security-admin-console",
                        "userId",
                        UUID.randomUUID().toString()));
        adminEvents.add(event);
    }

    private static Map<String, Object> made(Instant time) {
        Map<String, Object> event = new HashMap<>();
        event.put("id", UUID.randomUUID().toString());
        event.put("time", time.toEpochMilli());
        event.put("details", new HashMap<>(Map.of("username", "typed-by-somebody", "auth_method", "openid-connect")));
        return event;
    }

    private void admin(HttpExchange exchange) throws IOException {
        String path =
                exchange.getRequestURI().getPath().substring(REALM.length()).replaceFirst("^/", "");
        if (path.equals("events") || path.equals("admin-events")) {
            answer(exchange, page(exchange.getRequestURI().getQuery(), path.equals("events") ? events : adminEvents));
        } else {
            answer(exchange, answers.get(path));
        }
    }

    private static List<Map<String, Object>> page(String query, List<Map<String, Object>> all) {
        Map<String, String> asked = Arrays.stream(query.split("&", -1))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        Function<Map<String, Object>, Long> time = event -> (Long) event.get("time");
        return all.stream()
                .filter(event -> time.apply(event) >= Long.parseLong(asked.get("dateFrom")))
                .sorted(Comparator.comparing(time))
                .skip(Long.parseLong(asked.get("first")))
                .limit(Long.parseLong(asked.get("max")))
                .toList();
    }

    private void answer(HttpExchange exchange, @org.jspecify.annotations.Nullable Object value) throws IOException {
        byte[] body = new JsonMapper().writeValueAsString(value).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(isDown ? 503 : value == null ? 404 : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
