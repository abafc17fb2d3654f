package org.holovitals.server.stored;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Arrays;

/**
 * Walks over JSON that HAPI has stored, without taking it apart: each answer to a search is fifty resources, and of most of what is
 * in them nobody wants to know more than where it ends. What is no JSON need not be noticed.
 */
final class JsonWalk {
    private static final JsonMapper JSON = new JsonMapper();

    private final String text;
    private int at;
    private int nameStart;
    private int nameEnd;

    /** Where the names begin and end under which the objects around stand, the outermost first; the resource has none. */
    private int[] around = new int[16];

    private int depth;

    /** At the first member of an object. */
    JsonWalk(String text) {
        this.text = text;
        this.at = text.indexOf('{') + 1;
    }

    /** Is told where a string begins and ends; how it got there is asked of the walk. */
    @FunctionalInterface
    interface Strings {
        void string(int start, int end) throws JsonProcessingException;
    }

    /** Goes to the value of the next member; false, and behind the object, when there is none. */
    boolean next() {
        if (sign() == ',') {
            at++;
        }
        boolean isThere = sign() == '"';
        at++;
        if (isThere) {
            nameStart = at;
            nameEnd = endOfString();
            at = nameEnd + 1;
            sign();
            at++;
        } else if (depth > 0) {
            close();
        }
        return isThere;
    }

    /** Goes to the first member of the object that is the value. */
    void enter() {
        sign();
        at++;
        open();
    }

    /** Goes behind the value. */
    void walk(Strings strings) throws JsonProcessingException {
        int level = 0;
        do {
            char sign = sign();
            at++;
            switch (sign) {
                case '{' -> {
                    level++;
                    open();
                }
                case '}' -> {
                    level--;
                    close();
                }
                case '[' -> level++;
                case ']' -> level--;
                case ',' -> {}
                case '"' -> string(strings);
                default -> endLiteral();
            }
        } while (level > 0);
    }

    private void string(Strings strings) throws JsonProcessingException {
        int start = at;
        int end = endOfString();
        at = end + 1;
        if (sign() == ':') {
            at++;
            nameStart = start;
            nameEnd = end;
        } else {
            strings.string(start, end);
        }
    }

    private void open() {
        if (around.length < 2 * depth + 2) {
            around = Arrays.copyOf(around, 2 * around.length);
        }
        around[2 * depth] = nameStart;
        around[2 * depth + 1] = nameEnd;
        depth++;
    }

    /** What stands behind an object in a list has the same name. */
    private void close() {
        depth--;
        nameStart = around[2 * depth];
        nameEnd = around[2 * depth + 1];
    }

    private char sign() {
        while (text.charAt(at) <= ' ') {
            at++;
        }
        return text.charAt(at);
    }

    private void endLiteral() {
        while (text.charAt(at) > ' ' && ",]}".indexOf(text.charAt(at)) < 0) {
            at++;
        }
    }

    private int endOfString() {
        int end = text.indexOf('"', at);
        while (isEscaped(end)) {
            end = text.indexOf('"', end + 1);
        }
        return end;
    }

    private boolean isEscaped(int quote) {
        int first = quote;
        while (text.charAt(first - 1) == '\\') {
            first--;
        }
        return (quote - first) % 2 != 0;
    }

    /** Where it is in the text. */
    int at() {
        return at;
    }

    /** Where the name of the member begins, with its quotation mark. */
    int memberStart() {
        return nameStart - 1;
    }

    /** Whether the member has a name. */
    boolean isNamed(String name) {
        return is(name, nameStart, nameEnd);
    }

    /** Whether the objects around stand under these names, the outermost first. */
    boolean isWithin(String... names) {
        boolean isThere = depth == names.length;
        for (int i = 0; isThere && i < depth; i++) {
            isThere = is(names[i], around[2 * i], around[2 * i + 1]);
        }
        return isThere;
    }

    private boolean is(String name, int start, int end) {
        return end - start == name.length() && text.startsWith(name, start);
    }

    /** The names of the objects around, with points between. */
    String path() {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < depth; i++) {
            path.append(i == 0 ? "" : ".").append(text, around[2 * i], around[2 * i + 1]);
        }
        return path.toString();
    }

    /** The string that begins and ends there. */
    String string(int start, int end) throws JsonProcessingException {
        String plain = text.substring(start, end);
        return plain.indexOf('\\') < 0 ? plain : JSON.readValue(text.substring(start - 1, end + 1), String.class);
    }
}
