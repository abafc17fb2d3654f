package org.holovitals.server.chain;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The log in an exported file. */
final class FileTrail implements Trail {
    /** jsonb puts the shortest keys first. */
    private static final Pattern ROW = Pattern.compile("\\{\"id\": \"[0-9a-f-]{36}\", \"seq\": (\\d{1,18}), ");

    private final InputStream bytes;

    FileTrail(InputStream bytes) {
        this.bytes = bytes;
    }

    /** Each byte is read as one character: what is no UTF-8 shall not be taken for something else that is none either. */
    @Override
    public void tell(Listener listener) {
        try {
            BufferedReader lines = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.ISO_8859_1));
            if (!TrailLines.HEADER.equals(lines.readLine())) {
                listener.unreadable("line 1");
            }
            int number = 2;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!tell(line, listener)) {
                    listener.unreadable("line " + number);
                }
                number++;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean tell(String line, Listener listener) {
        Matcher row = ROW.matcher(line);
        if (row.lookingAt()) {
            listener.row(Long.parseLong(row.group(1)), line.getBytes(StandardCharsets.ISO_8859_1));
            return true;
        }
        return TrailLines.tell(line, listener);
    }
}
