package org.holovitals.server.benchmark;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Sends requests to one server, one after the other; whatever is not a success ends the benchmark. */
final class Client implements AutoCloseable {
    private static final String JSON = "Accept: application/fhir+json\r\n";
    private static final String BODY = "Content-Type: application/fhir+json\r\n";
    /** Stock HAPI answers a search that it has seen within a minute from its cache; this server has none. */
    private static final String FRESH = "Cache-Control: no-cache\r\n";

    private static final byte[] NOTHING = new byte[0];
    private static final byte[] ENTRY = "\"fullUrl\"".getBytes(StandardCharsets.ISO_8859_1);

    private final Subject subject;
    private final Wire wire;
    private final int number;

    Client(Subject subject, Wire wire, int number) {
        this.subject = subject;
        this.wire = wire;
        this.number = number;
    }

    /** Counted from zero among those who send at once. */
    int number() {
        return number;
    }

    Wire.Answer get(Role role, String path) throws IOException {
        return checked("GET", path, wire.send("GET", path, JSON + FRESH + subject.authorization(role), NOTHING));
    }

    Wire.Answer get(Role role, String path, String headers) throws IOException {
        return checked("GET", path, wire.send("GET", path, headers + subject.authorization(role), NOTHING));
    }

    Wire.Answer write(Role role, String method, String path, byte[] body) throws IOException {
        return checked(method, path, wire.send(method, path, JSON + BODY + subject.authorization(role), body));
    }

    /** With the token of somebody else. */
    Wire.Answer sendAs(String authorization, String method, String path, String body) throws IOException {
        String headers = "Content-Type: application/json\r\n" + authorization;
        return checked(method, path, wire.send(method, path, headers, body.getBytes(StandardCharsets.UTF_8)));
    }

    private Wire.Answer checked(String method, String path, Wire.Answer answer) throws IOException {
        if (answer.status() < 200 || answer.status() > 299) {
            throw new IOException(subject.name() + " answered " + answer.status() + " to " + method + " "
                    + path.replaceAll("\\?.*", "") + ": " + shortened(answer.text()));
        }
        if (answer.body().length == 0 && answer.status() == 200) {
            throw new IOException(subject.name() + " answered nothing to " + method + " " + path);
        }
        return answer;
    }

    /** The data are synthetic, so that an answer may be shown. */
    private static String shortened(String text) {
        return text.substring(0, Math.min(600, text.length()));
    }

    /** How many entries a bundle has. */
    static int entries(Wire.Answer bundle) {
        byte[] body = bundle.body();
        int found = 0;
        for (int at = 0; at <= body.length - ENTRY.length; at++) {
            if (body[at] == '"' && isEntry(body, at)) {
                found++;
                at += ENTRY.length - 1;
            }
        }
        return found;
    }

    private static boolean isEntry(byte[] body, int at) {
        for (int i = 1; i < ENTRY.length; i++) {
            if (body[at + i] != ENTRY[i]) {
                return false;
            }
        }
        return true;
    }

    /** Follows a bundle's links to its last page and returns the number of entries. */
    int everyPage(Role role, String first) throws IOException {
        int entries = 0;
        String path = first;
        while (!path.isEmpty()) {
            Wire.Answer page = get(role, path);
            entries += entries(page);
            path = next(new String(page.body(), StandardCharsets.ISO_8859_1));
        }
        return entries;
    }

    /** Path and query of the next page; empty on the last one. */
    private static String next(String bundle) {
        int relation = bundle.indexOf("\"next\"");
        if (relation < 0) {
            return "";
        }
        String link = bundle.substring(bundle.lastIndexOf('{', relation), bundle.indexOf('}', relation));
        int at = link.indexOf("\"http");
        URI address = URI.create(link.substring(at + 1, link.indexOf('"', at + 1)));
        return address.getRawPath() + "?" + address.getRawQuery();
    }

    @Override
    public void close() throws IOException {
        wire.close();
    }
}
