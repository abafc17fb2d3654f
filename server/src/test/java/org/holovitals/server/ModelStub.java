package org.holovitals.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A provider of language models on the loopback address that speaks the formats of OpenAI and Anthropic, streamed. What it
 * does next is said by the test; without a word it answers whole.
 */
public final class ModelStub {
    public static final String KEY = "sk-the-key-of-the-stub";
    private static final JsonMapper JSON = new JsonMapper();
    private static final int INPUT = 1234;
    private static final int OUTPUT = 56;
    private static final ModelStub SHARED = new ModelStub();

    private final Deque<Act> acts = new ArrayDeque<>();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final CountDownLatch isClosed = new CountDownLatch(1);
    private final HttpServer server;
    private volatile Function<String, String> words = question -> "Hello there.";

    public ModelStub() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newCachedThreadPool(work -> {
            Thread made = new Thread(work, "model-stub");
            made.setDaemon(true);
            return made;
        }));
        server.createContext("/", this::answer);
        server.start();
    }

    /** The one that the server of the tests knows. */
    public static ModelStub shared() {
        return SHARED;
    }

    /** Puts what one of its models costs into the price list. */
    public static void price(JdbcClient jdbc, String model) {
        jdbc.sql("""
                        insert into holovitals.model_prices (id, provider, model, valid_from, context_window, output_limit,
                          input_price, output_price, currency, source)
                        values (?, 'stub', ?, '2020-01-01', 32000, 4000, 1.23456789, 9.87654321, 'USD', 'test')
                        on conflict do nothing
                        """).params(UUID.randomUUID(), model).update();
    }

    /** What it does with a request. */
    public enum Act {
        ANSWER,
        WITHOUT_USAGE,
        TOO_MANY_FOR_A_SECOND,
        TOO_MANY_FOR_AN_HOUR,
        ERROR,
        UNAUTHORIZED,
        HANG,
        HANG_IN_THE_MIDDLE,
        CUT_BEFORE_THE_FIRST_WORD,
        CUT_IN_THE_MIDDLE,
        END_IN_THE_MIDDLE,
        LENGTH,
        GARBAGE,
        GARBAGE_IN_THE_MIDDLE
    }

    /** A request. */
    public record Received(String path, String authorization, String body) {}

    /** Where the provider is, as a setting has it. */
    public String baseUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    /** What it does next, in this order; then it answers whole. */
    public synchronized void next(Act... those) {
        acts.clear();
        acts.addAll(List.of(those));
        received.clear();
    }

    /** What its answer is to a question. */
    public void says(Function<String, String> answer) {
        words = answer;
    }

    public List<Received> received() {
        return List.copyOf(received);
    }

    public void close() {
        isClosed.countDown();
        server.stop(0);
    }

    private synchronized Act act() {
        return acts.isEmpty() ? Act.ANSWER : acts.poll();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String key = exchange.getRequestHeaders().getFirst("x-api-key");
        received.add(new Received(
                exchange.getRequestURI().getPath(),
                key != null ? key : String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
                body));
        Act act = act();
        switch (act) {
            case TOO_MANY_FOR_A_SECOND -> refuse(exchange, 429, "1");
            case TOO_MANY_FOR_AN_HOUR -> refuse(exchange, 429, "3600");
            case ERROR -> refuse(exchange, 500, null);
            case UNAUTHORIZED -> refuse(exchange, 401, null);
            case HANG -> hang();
            default -> stream(exchange, act, words.apply(question(body)));
        }
        exchange.close();
    }

    private static String question(String body) throws IOException {
        JsonNode messages = JSON.readTree(body).path("messages");
        JsonNode content = messages.path(messages.size() - 1).path("content");
        return content.isTextual()
                ? content.asText()
                : content.path(0).path("text").asText();
    }

    private static void refuse(HttpExchange exchange, int status, @Nullable String retryAfter) throws IOException {
        if (retryAfter != null) {
            exchange.getResponseHeaders().set("Retry-After", retryAfter);
        }
        byte[] body = "{\"error\":{\"message\":\"no\"}}".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private void hang() {
        try {
            isClosed.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void stream(HttpExchange exchange, Act act, String text) throws IOException {
        boolean isAnthropic = exchange.getRequestURI().getPath().endsWith("/messages");
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        // A cut body is shorter than was promised.
        boolean isCut = act == Act.CUT_BEFORE_THE_FIRST_WORD || act == Act.CUT_IN_THE_MIDDLE;
        exchange.sendResponseHeaders(200, isCut ? 1_000_000 : 0);
        OutputStream out = exchange.getResponseBody();
        Format format = isAnthropic ? new Anthropic() : new OpenAi();
        write(out, format.begin(act));
        if (act == Act.GARBAGE) {
            write(out, isAnthropic ? "event: content_block_delta\ndata: {nonsense\n\n" : "data: {nonsense\n\n");
        } else if (act != Act.CUT_BEFORE_THE_FIRST_WORD) {
            int middle = text.length() / 2;
            write(out, format.piece(text.substring(0, middle)));
            switch (act) {
                case HANG_IN_THE_MIDDLE -> hang();
                case GARBAGE_IN_THE_MIDDLE ->
                    write(out, isAnthropic ? "event: content_block_delta\ndata: {nonsense\n\n" : "data: {nonsense\n\n");
                case ANSWER, WITHOUT_USAGE, LENGTH ->
                    write(out, format.piece(text.substring(middle)) + format.end(act));
                default -> out.flush();
            }
        }
    }

    private static void write(OutputStream out, String events) throws IOException {
        out.write(events.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static String quoted(String text) {
        return JSON.getNodeFactory().textNode(text).toString();
    }

    private interface Format {
        String begin(Act act);

        String piece(String text);

        String end(Act act);
    }

    private static final class OpenAi implements Format {
        private static String chunk(String choices, String rest) {
            return "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":["
                    + choices + "]" + rest + "}\n\n";
        }

        @Override
        public String begin(Act act) {
            return chunk(
                    "{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":null}", "");
        }

        @Override
        public String piece(String text) {
            return chunk("{\"index\":0,\"delta\":{\"content\":" + quoted(text) + "},\"finish_reason\":null}", "");
        }

        @Override
        public String end(Act act) {
            String reason = act == Act.LENGTH ? "length" : "stop";
            String usage = act == Act.WITHOUT_USAGE
                    ? ""
                    : chunk(
                            "",
                            ",\"usage\":{\"prompt_tokens\":" + INPUT + ",\"completion_tokens\":" + OUTPUT
                                    + ",\"total_tokens\":" + (INPUT + OUTPUT) + "}");
            return chunk("{\"index\":0,\"delta\":{},\"finish_reason\":\"" + reason + "\"}", "") + usage
                    + "data: [DONE]\n\n";
        }
    }

    private static final class Anthropic implements Format {
        private static String event(String name, String data) {
            return "event: " + name + "\ndata: {\"type\":\"" + name + "\"," + data + "}\n\n";
        }

        private static String usage(Act act, String input, int output) {
            return act == Act.WITHOUT_USAGE ? "{}" : "{" + input + "\"output_tokens\":" + output + "}";
        }

        @Override
        public String begin(Act act) {
            return event(
                            "message_start",
                            "\"message\":{\"id\":\"m\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"m\",\"content\":[],"
                                    + "\"usage\":" + usage(act, "\"input_tokens\":" + INPUT + ",", 1) + "}")
                    + event("content_block_start", "\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}");
        }

        @Override
        public String piece(String text) {
            return event(
                    "content_block_delta",
                    "\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":" + quoted(text) + "}");
        }

        @Override
        public String end(Act act) {
            String reason = act == Act.LENGTH ? "max_tokens" : "end_turn";
            return event("content_block_stop", "\"index\":0")
                    + event(
                            "message_delta",
                            "\"delta\":{\"stop_reason\":\"" + reason + "\"},\"usage\":" + usage(act, "", OUTPUT))
                    + "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";
        }
    }
}
