package org.holovitals.server.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.holovitals.server.base.Sha256;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Blobs in a store that speaks S3: one that is well, and one that is not. */
final class S3BlobsTest {
    @TempDir
    Path directory = Path.of("");

    private final List<String> asked = new ArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private final List<HttpServer> stubs = new ArrayList<>();

    @AfterEach
    void theStubsEnd() {
        end.countDown();
        stubs.forEach(stub -> stub.stop(0));
    }

    private S3Blobs blobs(BlobSettings settings) {
        return new S3Blobs(new S3Calls(settings, Clock.systemUTC()), settings.prefix(), directory);
    }

    /** A store that answers as it is told. */
    private S3Blobs stub(Answer answer) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            int number;
            synchronized (asked) {
                asked.add(exchange.getRequestMethod() + " " + body.length + " " + isSigned(exchange, body));
                number = asked.size();
            }
            answer.to(exchange, number);
        });
        server.start();
        stubs.add(server);
        URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return blobs(S3Server.settings(endpoint, S3Server.KEY, "documents/"));
    }

    /** Whether what came over the wire is what was signed. */
    private static boolean isSigned(HttpExchange exchange, byte[] body) {
        Headers headers = exchange.getRequestHeaders();
        URI uri = URI.create("http://" + headers.getFirst("Host") + exchange.getRequestURI());
        Instant time =
                DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssX").parse(headers.getFirst("x-amz-date"), Instant::from);
        return new S3Signature("us-east-1")
                        .headers(
                                new S3Signature.Keys(S3Server.KEY, S3Server.SECRET),
                                exchange.getRequestMethod(),
                                uri,
                                HexFormat.of().formatHex(Sha256.digest().digest(body)),
                                time)
                        .entrySet()
                        .stream()
                        .allMatch(header -> header.getValue().equals(headers.getFirst(header.getKey())));
    }

    @FunctionalInterface
    private interface Answer {
        void to(HttpExchange exchange, int number) throws IOException;
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    private static byte[] read(S3Blobs blobs, UUID id) throws IOException {
        try (InputStream in = blobs.open(id).orElseThrow()) {
            return in.readAllBytes();
        }
    }

    private List<Path> onTheWay() throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.toList();
        }
    }

    /** The examples of AWS's manual, sig-v4-header-based-auth. */
    @Test
    void requestsAreSignedAsTheManualSays() {
        S3Signature signature = new S3Signature("us-east-1");
        S3Signature.Keys keys =
                new S3Signature.Keys("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
        Map<String, String> signatures = Map.of(
                "?lifecycle=",
                "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543",
                "?max-keys=2&prefix=J",
                "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
        signatures.forEach((query, expected) -> assertThat(signature.headers(
                        keys,
                        "GET",
                        URI.create("https://examplebucket.s3.amazonaws.com/" + query),
                        Sha256.hex(""),
                        Instant.parse("2013-05-24T00:00:00Z")))
                .containsEntry("x-amz-date", "20130524T000000Z")
                .containsEntry(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
                                + "SignedHeaders=host;x-amz-content-sha256;x-amz-date,Signature=" + expected));
        assertThat(keys.toString()).doesNotContain("wJalr");
    }

    @Test
    void manyBlobsAreKeptListedAndDeletedOnARealServer() throws Exception {
        String prefix = UUID.randomUUID() + "/";
        BlobSettings settings = S3Server.get().settings(S3Server.KEY, prefix);
        S3Blobs blobs = blobs(settings);
        TreeSet<UUID> ids = new TreeSet<>();
        for (int i = 0; i < 5; i++) {
            UUID id = UUID.randomUUID();
            byte[] bytes = new byte[i * 70_000];
            blobs.put(id, out -> out.write(bytes));
            assertThat(read(blobs, id)).isEqualTo(bytes);
            ids.add(id);
        }
        List<UUID> listed = new ArrayList<>();
        blobs.before(Instant.now().plusSeconds(5), listed::add);
        assertThat(new TreeSet<>(listed)).isEqualTo(ids);
        listed.clear();
        blobs.before(Instant.now().minusSeconds(60), listed::add);
        assertThat(listed).isEmpty();
        assertThat(blobs.delete(ids.first())).isTrue();
        assertThat(blobs.delete(ids.first())).isFalse();
        assertThat(blobs.open(ids.first())).isEmpty();
        assertThat(onTheWay()).isEmpty();

        BlobSettings stranger = S3Server.get().settings("stranger", prefix);
        assertThatThrownBy(() -> blobs(stranger).put(UUID.randomUUID(), out -> {}))
                .isInstanceOf(S3Exception.class)
                .hasMessage("The store answers 403 InvalidAccessKeyId");
    }

    @Test
    void aListIsReadPageByPage() throws IOException {
        UUID first = UUID.randomUUID();
        UUID second = UUID.randomUUID();
        String page = "<ListBucketResult><Contents><Key>documents/%s</Key><LastModified>2026-01-0%dT00:00:00.000Z"
                + "</LastModified></Contents><Contents><Key>documents/notes.txt</Key><LastModified>2026-01-01T00:00:00Z"
                + "</LastModified></Contents>%s</ListBucketResult>";
        List<String> queries = new ArrayList<>();
        S3Blobs blobs = stub((exchange, number) -> {
            queries.add(exchange.getRequestURI().getRawQuery());
            answer(
                    exchange,
                    200,
                    number == 1
                            ? page.formatted(first, 1, "<NextContinuationToken>a+b/c=</NextContinuationToken>")
                            : page.formatted(second, 3, ""));
        });
        List<UUID> found = new ArrayList<>();
        blobs.before(Instant.parse("2026-01-02T00:00:00Z"), found::add);
        assertThat(found).containsExactly(first);
        assertThat(asked).containsExactly("GET 0 true", "GET 0 true");
        assertThat(queries)
                .containsExactly(
                        "list-type=2&prefix=documents%2F",
                        "continuation-token=a%2Bb%2Fc%3D&list-type=2&prefix=documents%2F");
        assertThatThrownBy(() -> stub((exchange, number) -> answer(
                                exchange,
                                200,
                                "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a><Key>&b;</Key></a>"))
                        .before(Instant.now(), found::add))
                .isInstanceOf(S3Exception.class);
    }

    @Test
    void aBusyStoreIsAskedAgainWithAllBytes() throws IOException {
        S3Blobs blobs = stub((exchange, number) -> answer(exchange, number < 3 ? 503 : 200, ""));
        blobs.put(UUID.randomUUID(), out -> out.write(new byte[100_000]));
        assertThat(asked).containsExactly("PUT 100000 true", "PUT 100000 true", "PUT 100000 true");
    }

    @Test
    void whatIsNotAcknowledgedIsNoSuccess() throws IOException {
        S3Blobs busy = stub((exchange, number) -> answer(exchange, 503, "<Error><Code>SlowDown</Code></Error>"));
        assertThatThrownBy(() -> busy.put(UUID.randomUUID(), out -> out.write(1)))
                .hasMessage("The store answers 503 SlowDown");
        assertThat(asked).hasSize(4);
        S3Blobs closed = stub((exchange, number) -> answer(exchange, 403, "<Error><Code>AccessDenied</Code></Error>"));
        assertThatThrownBy(() -> closed.open(UUID.randomUUID())).hasMessage("The store answers 403 AccessDenied");
        assertThat(asked).as("it is not asked again").hasSize(5);
        S3Blobs unknown = stub((exchange, number) -> answer(exchange, 404, "<Error><Code>NoSuchBucket</Code></Error>"));
        assertThatThrownBy(() -> unknown.open(UUID.randomUUID())).hasMessage("The store answers 404 NoSuchBucket");
        S3Blobs gone = blobs(S3Server.settings(URI.create("http://127.0.0.1:1"), S3Server.KEY, "documents/"));
        assertThatThrownBy(() -> gone.put(UUID.randomUUID(), out -> out.write(1)))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> gone.put(UUID.randomUUID(), out -> {
                    throw new IOException("the client is gone");
                }))
                .hasMessage("the client is gone");
        assertThat(onTheWay()).isEmpty();
    }

    @Test
    void anAnswerThatIsCutOrStopsIsAFailureAndNoEnd() throws IOException {
        S3Blobs cut = stub((exchange, number) -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write(new byte[400]);
            exchange.getResponseBody().flush();
            // Closing it before its end cuts the connection.
            exchange.close();
        });
        assertThatThrownBy(() -> read(cut, UUID.randomUUID())).isInstanceOf(IOException.class);
        S3Blobs slow = stub((exchange, number) -> {
            exchange.sendResponseHeaders(200, 1000);
            OutputStream out = exchange.getResponseBody();
            out.write(new byte[400]);
            out.flush();
            await();
        });
        long begin = System.nanoTime();
        assertThatThrownBy(() -> read(slow, UUID.randomUUID())).isInstanceOf(IOException.class);
        assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin)).isLessThan(10);
    }

    private void await() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
