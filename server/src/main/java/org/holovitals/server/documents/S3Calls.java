package org.holovitals.server.documents;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.holovitals.server.base.Sha256;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests to a store that speaks S3. Each may be sent again without harm, so what fails by the network or by a store that is busy
 * is; nothing else is.
 */
final class S3Calls {
    private static final Logger LOG = LoggerFactory.getLogger(S3Calls.class);

    private static final Set<Integer> AGAIN = Set.of(429, 500, 502, 503, 504);
    private static final int NOT_FOUND = 404;
    private static final int FIRST_ERROR = 300;
    private static final int ATTEMPTS = 4;
    private static final long FIRST_PAUSE_MILLIS = 200;
    private static final long LONGEST_PAUSE_SECONDS = 5;
    private static final int MOST_OF_AN_ERROR = 4096;
    private static final Pattern CODE = Pattern.compile("<Code>([A-Za-z0-9.]{1,64})</Code>");

    private final HttpClient http;
    private final BlobSettings settings;
    private final S3Signature signature;
    private final Clock clock;

    S3Calls(BlobSettings settings, Clock clock) {
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(settings.patience())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        this.settings = settings;
        this.signature = new S3Signature(settings.region());
        this.clock = clock;
    }

    /**
     * A request.
     *
     * @param path behind the bucket, with its query
     * @param body sent anew with each attempt
     * @param hash SHA-256 of the body, in hexadecimal
     */
    record Call(String method, String path, Body body, String hash) {
        static Call of(String method, String path) {
            return new Call(method, path, HttpRequest.BodyPublishers::noBody, Sha256.hex(""));
        }
    }

    /** What is sent. */
    @FunctionalInterface
    interface Body {
        BodyPublisher publisher() throws IOException;
    }

    /** What comes back, for the caller to close; empty where the store has nothing of that name. */
    Optional<InputStream> send(Call call) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                HttpResponse<InputStream> answer = once(call);
                if (answer.statusCode() < FIRST_ERROR) {
                    return Optional.of(new PatientStream(answer.body(), settings.patience()));
                }
                String code = code(answer);
                if (answer.statusCode() == NOT_FOUND && !code.equals("NoSuchBucket")) {
                    return Optional.empty();
                } else if (!AGAIN.contains(answer.statusCode()) || attempt == ATTEMPTS) {
                    LOG.warn("The store of documents answers {} {} to {}", answer.statusCode(), code, call.method());
                    throw new S3Exception("The store answers " + answer.statusCode() + " " + code);
                }
                pause(attempt, answer);
            } catch (S3Exception e) {
                throw e;
            } catch (IOException e) {
                if (attempt == ATTEMPTS) {
                    LOG.warn(
                            "The store of documents does not answer to {}: {}",
                            call.method(),
                            e.getClass().getName());
                    throw e;
                }
                pause(attempt);
            }
        }
    }

    private HttpResponse<InputStream> once(Call call) throws IOException {
        String bucket = settings.bucket().isEmpty() ? "/" : "/" + settings.bucket() + "/";
        String base = String.valueOf(settings.endpoint()).replaceFirst("/+$", "");
        URI uri = URI.create(base + bucket + call.path());
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(settings.patience())
                .method(call.method(), call.body().publisher());
        signature
                .headers(keys(), call.method(), uri, call.hash(), clock.instant())
                .forEach(request::header);
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private S3Signature.Keys keys() throws IOException {
        Path file = settings.secretKeyFile();
        String secret = file == null
                ? Objects.requireNonNull(settings.secretKey())
                : Files.readString(file, StandardCharsets.UTF_8).strip();
        return new S3Signature.Keys(Objects.requireNonNull(settings.accessKey()), secret);
    }

    private static String code(HttpResponse<InputStream> answer) throws IOException {
        try (InputStream body = answer.body()) {
            Matcher code = CODE.matcher(new String(body.readNBytes(MOST_OF_AN_ERROR), StandardCharsets.UTF_8));
            return code.find() ? code.group(1) : "without a code";
        }
    }

    private static void pause(int attempt, HttpResponse<?> answer) throws IOException {
        Optional<Long> asked = answer.headers()
                .firstValue("Retry-After")
                .filter(seconds -> seconds.matches("\\d{1,6}"))
                .map(Long::valueOf);
        if (asked.isPresent()) {
            pause(Duration.ofSeconds(Math.min(LONGEST_PAUSE_SECONDS, asked.get())));
        } else {
            pause(attempt);
        }
    }

    private static void pause(int attempt) throws IOException {
        pause(Duration.ofMillis(FIRST_PAUSE_MILLIS << (attempt - 1)));
    }

    private static void pause(Duration time) throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(time.toMillis());
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static S3Exception interrupted() {
        Thread.currentThread().interrupt();
        return new S3Exception("The server ends");
    }
}
