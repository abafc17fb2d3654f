package org.holovitals.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Spoils files at random, in the same way for the same seed: bytes, pieces, and words that hurt parsers. */
public final class Spoiler {
    private static final List<String> WORDS = List.of(
            "\u0000",
            "\\u0000",
            "\uFFFF",
            "-1",
            "1e999999999",
            "99999999999999999999999999",
            "0000-00-00",
            "9999-12-31T23:59:60Z",
            "\"",
            "'",
            "<",
            "&x;",
            "<![CDATA[",
            "<!DOCTYPE x []>",
            "<a>".repeat(500),
            "[".repeat(500),
            "{\"a\":".repeat(500),
            "}",
            "]",
            "null",
            "\n",
            "urn:uuid:",
            "#",
            "Patient/",
            "x".repeat(70_000));

    private final Random random;

    public Spoiler(long seed) {
        this.random = new Random(seed);
    }

    /** A copy with one to four defects. */
    public byte[] spoil(byte[] file) {
        byte[] spoiled = file.clone();
        int defects = 1 + random.nextInt(4);
        for (int i = 0; i < defects && spoiled.length > 1; i++) {
            spoiled = once(spoiled);
        }
        return spoiled;
    }

    private byte[] once(byte[] file) {
        if (random.nextBoolean()) {
            return random.nextInt(3) == 0 ? inQuotes(file, random.nextInt(file.length)) : reworded(file);
        }
        int at = random.nextInt(file.length);
        int length = 1 + random.nextInt(Math.min(200, file.length - at));
        return switch (random.nextInt(7)) {
            case 0, 1 -> flipped(file);
            case 2 -> random.nextInt(4) == 0 ? Arrays.copyOf(file, at) : flipped(file);
            case 3 -> joined(Arrays.copyOf(file, at), Arrays.copyOfRange(file, at + length, file.length));
            case 4 -> joined(Arrays.copyOf(file, at + length), Arrays.copyOfRange(file, at, file.length));
            case 5 -> insert(file, at, at);
            default -> insert(file, at, at + length);
        };
    }

    private byte[] flipped(byte[] file) {
        for (int i = 0; i < 1 + random.nextInt(5); i++) {
            file[random.nextInt(file.length)] = (byte) random.nextInt(256);
        }
        return file;
    }

    /** Other letters and digits in the place of some: what is whole as a file stays so. */
    private byte[] reworded(byte[] file) {
        for (int i = 0; i < 20; i++) {
            int at = random.nextInt(file.length);
            if (Character.isDigit(file[at])) {
                file[at] = (byte) ('0' + random.nextInt(10));
            } else if (Character.isLetter(file[at]) && random.nextInt(6) == 0) {
                file[at] = (byte) ('a' + random.nextInt(26));
            }
        }
        return file;
    }

    /** Puts a word in the place of a value, so that the file around it stays whole. */
    private byte[] inQuotes(byte[] file, int from) {
        int open = indexOf(file, from);
        int close = open < 0 ? -1 : indexOf(file, open + 1);
        return close < 0 ? flipped(file) : insert(file, open + 1, close);
    }

    private static int indexOf(byte[] file, int from) {
        for (int at = from; at < file.length; at++) {
            if (file[at] == '"') {
                return at;
            }
        }
        return -1;
    }

    private byte[] insert(byte[] file, int from, int to) {
        byte[] word = WORDS.get(random.nextInt(WORDS.size())).getBytes(UTF_8);
        return joined(Arrays.copyOf(file, from), word, Arrays.copyOfRange(file, to, file.length));
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            whole.writeBytes(part);
        }
        return whole.toByteArray();
    }
}
