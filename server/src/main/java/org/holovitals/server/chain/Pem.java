package org.holovitals.server.chain;

import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keys as text (RFC 7468). */
final class Pem {
    private static final int LINE = 64;

    private Pem() {}

    static String encode(byte[] key, String kind) {
        String body = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(key);
        return "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n";
    }

    static byte[] decode(String text, String kind) {
        Matcher found = Pattern.compile("-----BEGIN " + kind + "-----([A-Za-z0-9+/=\\s]+)-----END " + kind + "-----")
                .matcher(text);
        if (!found.find()) {
            throw new IllegalArgumentException("no " + kind + " in PEM");
        }
        return Base64.getMimeDecoder().decode(found.group(1));
    }
}
