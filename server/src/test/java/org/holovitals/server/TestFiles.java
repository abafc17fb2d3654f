package org.holovitals.server;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A server of files on the loopback address, from which tests let our server import. */
public final class TestFiles {
    private static final Map<String, String> FILES = new ConcurrentHashMap<>();
    private static final HttpServer SERVER = start();

    private TestFiles() {}

    /** Its scheme, host and port. */
    public static String origin() {
        return "http://127.0.0.1:" + SERVER.getAddress().getPort();
    }

    /** Serves a text; gives its address. */
    public static String put(String path, String text) {
        FILES.put(path, text);
        return origin() + path;
    }

    private static HttpServer start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                String path = exchange.getRequestURI().getPath();
                byte[] body = FILES.getOrDefault(path, "").getBytes(StandardCharsets.UTF_8);
                if (path.startsWith("/redirect")) {
                    exchange.getResponseHeaders().set("Location", "http://127.0.0.1:1/elsewhere");
                    exchange.sendResponseHeaders(302, -1);
                } else {
                    exchange.sendResponseHeaders(
                            FILES.containsKey(path) ? 200 : 404, body.length == 0 ? -1 : body.length);
                    if (body.length > 0) {
                        exchange.getResponseBody().write(body);
                    }
                }
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
