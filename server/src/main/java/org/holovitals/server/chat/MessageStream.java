package org.holovitals.server.chat;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.holovitals.server.chat.Views.Answered;
import org.holovitals.server.chat.Views.Cited;
import org.holovitals.server.chat.Views.MessageView;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;

/**
 * Writes an answer as server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html): {@code accepted},
 * {@code piece} while a model writes, one {@code sentence} each when it was checked, {@code citations}, {@code done}.
 */
final class MessageStream implements Asking.Hearer {
    private static final Logger LOG = LoggerFactory.getLogger(MessageStream.class);

    private final HttpServletResponse response;
    private final ObjectMapper json;
    /** Written with the first event: until then the answer may still be a refusal. */
    private Map<String, UUID> accepted = Map.of();

    private boolean isBegun;
    private boolean isGone;

    MessageStream(HttpServletResponse response, ObjectMapper json) {
        this.response = response;
        this.json = json;
    }

    @Override
    public void taken(UUID question, UUID answer) {
        if (!isBegun) {
            isBegun = true;
            response.setContentType("text/event-stream");
            response.setCharacterEncoding(StandardCharsets.UTF_8.name());
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            // Proxies such as nginx would hold the events back.
            response.setHeader("X-Accel-Buffering", "no");
            accepted = Map.of("question", question, "answer", answer);
        }
    }

    /** What is unchecked bears an event's name of its own, so that nobody takes it for the answer. */
    @Override
    public void piece(String text) {
        event("piece", Map.of("text", text));
    }

    /** A client that goes away misses the rest and finds the message in its conversation. */
    void write(Answered answered) {
        MessageView answer = answered.answer();
        taken(answered.question().id(), answer.id());
        String[] lines = answer.text().split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            int line = i;
            boolean isVerified = !answer.unverified().contains(i)
                    && answer.citations().stream()
                            .filter(cited -> cited.sentence() == line)
                            .allMatch(Cited::verified);
            event("sentence", Map.of("sentence", i, "text", lines[i], "verified", isVerified));
        }
        event("citations", Map.of("citations", answer.citations()));
        event("done", done(answer));
    }

    private static Map<String, Object> done(MessageView answer) {
        Map<String, Object> done = new LinkedHashMap<>();
        done.put("id", answer.id());
        done.put("label", answer.label());
        done.put("kind", answer.kind());
        done.put("status", answer.status());
        done.put("model", answer.model());
        done.put("note", answer.note());
        done.put("confidence", answer.confidence());
        done.put("needsEscalation", answer.needsEscalation());
        done.put("escalationReason", answer.escalationReason());
        return done;
    }

    private void event(String name, Object data) {
        if (isGone) {
            return;
        }
        try {
            if (!accepted.isEmpty()) {
                write("accepted", accepted);
                accepted = Map.of();
            }
            write(name, data);
        } catch (IOException e) {
            isGone = true;
            LOG.debug("A client went away from a stream: {}", e.getClass().getName());
        }
    }

    private void write(String name, Object data) throws IOException {
        response.getOutputStream()
                .write(("event: " + name + "\ndata: " + json.writeValueAsString(data) + "\n\n")
                        .getBytes(StandardCharsets.UTF_8));
        response.getOutputStream().flush();
    }
}
