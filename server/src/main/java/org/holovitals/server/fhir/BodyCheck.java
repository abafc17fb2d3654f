package org.holovitals.server.fhir;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Looks at the bytes of a request for what neither HAPI's parsers nor PostgreSQL can take, before either sees them. */
final class BodyCheck {
    private static final byte[] ESCAPED_NUL = "u0000".getBytes(StandardCharsets.US_ASCII);

    private static final int MOST_DIGITS = 900;
    /** What is said of such a number. */
    static final String TOO_LONG = "A number has more than " + MOST_DIGITS + " digits when it is written out";

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
            } else if (!inString && isDigit(next)) {
                String number = number(at);
                if (isTooLong(number)) {
                    return Optional.of(TOO_LONG + " at byte " + at);
                }
                at += number.length() - 1;
            }
        }
        return Optional.empty();
    }

    private static boolean isDigit(byte next) {
        return next >= '0' && next <= '9';
    }

    /** A number from its first digit on. */
    private String number(int from) {
        int to = from;
        while (to < body.length && (isDigit(body[to]) || ".eE+-".indexOf(body[to]) >= 0)) {
            to++;
        }
        return new String(body, from, to - from, StandardCharsets.US_ASCII);
    }

    /** HAPI writes every number out, and cannot read back what is longer than a thousand characters. */
    static boolean isTooLong(String number) {
        int exponent = Math.max(number.indexOf('e'), number.indexOf('E'));
        if (exponent < 0) {
            return number.length() > MOST_DIGITS;
        }
        String digits = number.substring(exponent + 1).replaceFirst("^[+-]?0*", "");
        return digits.length() > 4 || exponent + (digits.matches("\\d+") ? Integer.parseInt(digits) : 0) > MOST_DIGITS;
    }

    /** Whether an attribute of XML or a string of JSON reads like a number that is too long: {@link StoredDecimals}. */
    static boolean mayHideNumber(byte[] body) {
        for (int at = 1; at < body.length; at++) {
            boolean exponent = (body[at] == 'e' || body[at] == 'E') && isDigit(body[at - 1]) && isWholeValue(body, at);
            boolean escaped = (body[at] == 'u' && body[at - 1] == '\\') || (body[at] == '#' && body[at - 1] == '&');
            if (exponent || escaped) {
                return true;
            }
        }
        return false;
    }

    private static boolean isWholeValue(byte[] body, int exponent) {
        int from = exponent;
        while (from > 0 && "0123456789.+-".indexOf(body[from - 1]) >= 0) {
            from--;
        }
        int to = exponent + 1;
        while (to < body.length && "0123456789+-".indexOf(body[to]) >= 0) {
            to++;
        }
        return to - exponent > 3 && from > 0 && to < body.length && "\"'".indexOf(body[from - 1]) >= 0;
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
