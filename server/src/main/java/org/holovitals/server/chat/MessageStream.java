package org.holovitals.server.chat;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.holovitals.server.chat.Views.Answered;
import org.holovitals.server.chat.Views.Cited;
import org.holovitals.server.chat.Views.MessageView;
import org.springframework.http.HttpHeaders;

/**
 * Writes an answer as server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html): {@code accepted},
 * one {@code sentence} each, {@code citations}, {@code done}.
 */
final class MessageStream {
    private final ObjectMapper json;

    MessageStream(ObjectMapper json) {
        this.json = json;
    }

    /** A client that goes away misses the rest and finds the message in its conversation. */
    void write(HttpServletResponse response, Answered answered) throws IOException {
        response.setContentType("text/event-stream");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        // Proxies such as nginx would hold the events back.
        response.setHeader("X-Accel-Buffering", "no");
        OutputStream out = response.getOutputStream();
        MessageView answer = answered.answer();
        event(out, "accepted", Map.of("question", answered.question().id(), "answer", answer.id()));
        String[] lines = answer.text().split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            int line = i;
            boolean isVerified = answer.citations().stream()
                    .filter(cited -> cited.sentence() == line)
                    .allMatch(Cited::verified);
            event(out, "sentence", Map.of("sentence", i, "text", lines[i], "verified", isVerified));
        }
        event(out, "citations", Map.of("citations", answer.citations()));
        event(out, "done", done(answer));
    }

    private static Map<String, Object> done(MessageView answer) {
        Map<String, Object> done = new LinkedHashMap<>();
        done.put("id", answer.id());
        done.put("label", answer.label());
        done.put("kind", answer.kind());
        done.put("status", answer.status());
        done.put("confidence", answer.confidence());
        done.put("needsEscalation", answer.needsEscalation());
        done.put("escalationReason", answer.escalationReason());
        return done;
    }

    private void event(OutputStream out, String name, Object data) throws IOException {
        out.write(("event: " + name + "\ndata: " + json.writeValueAsString(data) + "\n\n")
                .getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
