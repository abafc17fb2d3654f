package org.holovitals.server.documents;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Patient;
import org.holovitals.migrations.Login;
import org.holovitals.server.ServerTest;
import org.holovitals.server.TestIssuer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A patient who brings files. */
public abstract class DocumentFixture extends ServerTest {
    protected static final JsonMapper JSON = new JsonMapper();
    protected static final String ALL = "patient/*.cruds";

    protected final JdbcClient owner;
    protected final Path directory;
    protected String patient = "";
    protected String token = "";

    protected DocumentFixture(Login login, Environment environment) {
        this.owner = asOwner(login);
        this.directory = Path.of(String.valueOf(environment.getProperty("holovitals.documents.directory")));
    }

    @BeforeEach
    protected void aPatient() {
        patient = client().create().resource(new Patient()).execute().getId().getIdPart();
        token = patientsToken(patient, ALL);
    }

    /** What other tests have left to be read is not ours. */
    protected final void nothingIsToBeRead() {
        owner.sql("update holovitals.documents set status = 'complete', claimed_until = null where status <> 'failed'")
                .update();
    }

    protected static String patientsToken(String patient, String scopes) {
        return token(UUID.randomUUID().toString(), "patient", "Patient/" + patient, patient, scopes);
    }

    protected static String clinician(String subject) {
        return token(subject, "clinician", "Practitioner/7", null, "user/*.cruds");
    }

    protected static String token(
            String subject, String role, String fhirUser, @Nullable String patient, String scopes) {
        return TestIssuer.token(claims -> claims.subject(subject)
                .claim("scope", scopes)
                .claim("sid", "session-" + subject)
                .claim("patient", patient)
                .claim("fhirUser", fhirUser)
                .claim("realm_access", Map.of("roles", List.of(role))));
    }

    protected final HttpRequest.Builder at(String path) {
        return HttpRequest.newBuilder(URI.create(base().replace("/fhir", "") + path));
    }

    protected final HttpResponse<String> upload(String who, byte[] file, String name, String query) {
        return sendAs(
                who,
                at("/api/documents" + query)
                        .header("Content-Type", "application/pdf")
                        .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
                        .POST(BodyPublishers.ofByteArray(file)));
    }

    protected final HttpResponse<String> call(String who, String method, String path) {
        return sendAs(who, at(path).method(method, BodyPublishers.noBody()));
    }

    /** Posts JSON, in which ' may stand for ", as a request that is made once. */
    protected final HttpResponse<String> post(String who, String path, String json) {
        return sendAs(
                who,
                at(path).header("Content-Type", "application/json")
                        .header("Idempotency-Key", UUID.randomUUID().toString())
                        .POST(BodyPublishers.ofString(json.replace('\'', '"'))));
    }

    /** The answer of whatever it is, as bytes. */
    protected final HttpResponse<byte[]> download(String who, String path, String... headers) {
        HttpRequest.Builder request = at(path).header("Authorization", "Bearer " + who);
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The id of a text that the patient uploads. */
    protected final String uploaded(String text) {
        return json(upload(token, utf8(text), "note.txt", ""), 201).path("id").asText();
    }

    /** Reads the text of what was brought, as the server's readers would. */
    public static void readTexts(ApplicationContext context) {
        context.getBean(TextWork.class).once();
    }

    /** How many statements with some words the server sends for requests while something runs. */
    protected static long statements(String words, Runnable work) {
        Logger logger = (Logger) LoggerFactory.getLogger(JdbcTemplate.class);
        Queue<String> heard = new ConcurrentLinkedQueue<>();
        AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                if (Thread.currentThread().getName().startsWith("http-")) {
                    heard.add(event.getFormattedMessage());
                }
            }
        };
        appender.start();
        Level former = logger.getLevel();
        logger.addAppender(appender);
        logger.setLevel(Level.DEBUG);
        logger.setAdditive(false);
        try {
            work.run();
        } finally {
            logger.detachAppender(appender);
            logger.setLevel(former);
            logger.setAdditive(true);
        }
        return heard.stream().filter(statement -> statement.contains(words)).count();
    }

    protected static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    protected static JsonNode json(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The problem of an answer: its type's last word and the status. */
    protected static String problem(HttpResponse<String> answer) {
        JsonNode body = json(answer, answer.statusCode());
        return body.path("type").asText().replace("urn:holovitals:problem:", "") + " " + answer.statusCode();
    }

    protected final List<Path> blobs() {
        if (Files.notExists(directory)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    protected final Path blob(String id) {
        return directory.resolve(id.substring(id.length() - 2)).resolve(id);
    }

    protected final long rows() {
        return owner.sql("select count(*) from holovitals.documents")
                .query(Long.class)
                .single();
    }
}
