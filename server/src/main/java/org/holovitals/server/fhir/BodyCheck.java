package org.holovitals.server.fhir;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Looks at the bytes of a request for what neither HAPI's parsers nor PostgreSQL can take, before either sees them. */
final class BodyCheck {
    private static final byte[] ESCAPED_NUL = "u0000".getBytes(StandardCharsets.US_ASCII);

    private final byte[] body;
    private final int maxDepth;
    private int depth;
    private boolean inString;

    private BodyCheck(byte[] body, int maxDepth) {
        this.body = body;
        this.maxDepth = maxDepth;
    }

    /** What is wrong with a JSON body, or nothing. Depth counts objects and arrays. */
    static Optional<String> problemOfJson(byte[] body, int maxDepth) {
        return new BodyCheck(body, maxDepth).walk();
    }

    /** A NUL byte is in no FHIR string: FHIR R4 2.24.0.1, and PostgreSQL's text cannot hold it. */
    static Optional<String> problemOfText(byte[] body) {
        for (byte next : body) {
            if (next == 0) {
                return Optional.of("The body holds a NUL character, which no FHIR string may");
            }
        }
        return Optional.empty();
    }

    private Optional<String> walk() {
        for (int at = 0; at < body.length; at++) {
            byte next = body[at];
            if (next == 0 || isEscapedNul(at)) {
                return Optional.of("The body holds a NUL character at byte " + at + ", which no FHIR string may");
            }
            if (next == '\\' && inString) {
                at++;
            } else if (next == '"') {
                inString = !inString;
            } else if (!inString && tooDeep(next)) {
                return Optional.of("The body nests deeper than " + maxDepth + " levels at byte " + at);
            }
        }
        return Optional.empty();
    }

    private boolean isEscapedNul(int at) {
        if (body[at] != '\\' || !inString || at + ESCAPED_NUL.length >= body.length) {
            return false;
        }
        for (int i = 0; i < ESCAPED_NUL.length; i++) {
            if (body[at + 1 + i] != ESCAPED_NUL[i]) {
                return false;
            }
        }
        return true;
    }

    private boolean tooDeep(byte next) {
        if (next == '{' || next == '[') {
            depth++;
        } else if (next == '}' || next == ']') {
            depth--;
        }
        return depth > maxDepth;
    }
}
