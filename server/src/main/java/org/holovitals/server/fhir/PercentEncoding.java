package org.holovitals.server.fhir;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Looks at a query or a form for escapes that no decoder can read, which HAPI fails on or replaces. */
final class PercentEncoding {
    private PercentEncoding() {}

    /** What is wrong, or nothing. */
    static Optional<String> problemOf(String text) {
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(text.length());
        for (int at = 0; at < text.length(); at++) {
            if (text.charAt(at) == '%') {
                int octet = octet(text, at + 1);
                if (octet < 0) {
                    return Optional.of("A percent sign at character " + at
                            + " is not followed by two hexadecimal digits; write it as %25");
                }
                decoded.write(octet);
                at += 2;
            } else {
                decoded.writeBytes(String.valueOf(text.charAt(at)).getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        return problemOf(decoded.toByteArray());
    }

    private static int octet(String text, int at) {
        if (at + 2 > text.length()) {
            return -1;
        }
        int high = Character.digit(text.charAt(at), 16);
        int low = Character.digit(text.charAt(at + 1), 16);
        return high < 0 || low < 0 ? -1 : high * 16 + low;
    }

    private static Optional<String> problemOf(byte[] decoded) {
        for (byte next : decoded) {
            if (next == 0) {
                return Optional.of("It holds a NUL character, which no FHIR value may");
            }
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(decoded));
            return Optional.empty();
        } catch (CharacterCodingException e) {
            return Optional.of("It is not UTF-8 when decoded");
        }
    }
}
