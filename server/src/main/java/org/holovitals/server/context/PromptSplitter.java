package org.holovitals.server.context;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Splits a text into parts that fit a window, between sentences and rows of tables; the parts without the outline are the
 * text, character for character.
 */
public final class PromptSplitter {
    /** Smaller than this a window holds not even every character. */
    public static final long SMALLEST_WINDOW = 16;

    private static final int OUTLINE_LINE = 120;

    private PromptSplitter() {}

    /** Text that is not split any more. */
    private record Piece(String text, long tokens, boolean isCut) {}

    /** The parts, in the order of the text. */
    public static List<Part> split(String text, Strategy strategy, long window) {
        if (window < SMALLEST_WINDOW) {
            throw new IllegalArgumentException("a window has at least " + SMALLEST_WINDOW + " tokens");
        }
        if (Tokens.count(text) <= window) {
            return List.of(new Part("part-1", 0, false, text, Tokens.count(text), List.of(), false));
        }
        List<Piece> contents = packed(pieces(text, window), window);
        List<Part> parts = new ArrayList<>();
        if (strategy == Strategy.HIERARCHICAL) {
            String outline = outline(contents, window);
            parts.add(new Part("outline", 0, true, outline, Tokens.count(outline), List.of(), false));
        }
        for (int i = 0; i < contents.size(); i++) {
            Piece content = contents.get(i);
            parts.add(new Part(
                    "part-" + (i + 1),
                    parts.size(),
                    false,
                    content.text(),
                    content.tokens(),
                    dependencies(strategy, i),
                    content.isCut()));
        }
        return List.copyOf(parts);
    }

    /** The text that was split. */
    public static String merge(List<Part> parts) {
        return parts.stream()
                .filter(part -> !part.isOutline())
                .map(Part::content)
                .collect(Collectors.joining());
    }

    private static List<String> dependencies(Strategy strategy, int index) {
        return switch (strategy) {
            case PARALLEL -> List.of();
            case SEQUENTIAL -> index == 0 ? List.of() : List.of("part-" + index);
            case HIERARCHICAL -> List.of("outline");
        };
    }

    private static List<Piece> pieces(String text, long window) {
        List<Piece> pieces = new ArrayList<>();
        for (String unit : Units.of(text)) {
            long tokens = Tokens.count(unit);
            if (tokens <= window) {
                pieces.add(new Piece(unit, tokens, false));
            } else {
                Cuts.of(unit, window).forEach(cut -> pieces.add(new Piece(cut, Tokens.count(cut), true)));
            }
        }
        return pieces;
    }

    /** As many as fit together; the sum of their tokens is only nearly that of their whole, which is what counts. */
    private static List<Piece> packed(List<Piece> pieces, long window) {
        List<Piece> packed = new ArrayList<>();
        for (int from = 0; from < pieces.size(); ) {
            int to = from + 1;
            long sum = pieces.get(from).tokens();
            while (to < pieces.size() && sum + pieces.get(to).tokens() <= window) {
                sum += pieces.get(to++).tokens();
            }
            Piece whole = whole(pieces.subList(from, to));
            while (whole.tokens() > window && to > from + 1) {
                whole = whole(pieces.subList(from, --to));
            }
            packed.add(whole);
            from = to;
        }
        return packed;
    }

    private static Piece whole(List<Piece> pieces) {
        String text = pieces.stream().map(Piece::text).collect(Collectors.joining());
        return new Piece(text, Tokens.count(text), pieces.stream().anyMatch(Piece::isCut));
    }

    /** How each part begins, as far as the window reaches. */
    private static String outline(List<Piece> contents, long window) {
        StringBuilder outline = new StringBuilder();
        for (int i = 0; i < contents.size(); i++) {
            String line = "part-" + (i + 1) + ": " + beginning(contents.get(i).text()) + "\n";
            if (Tokens.count(outline + line) > window) {
                break;
            }
            outline.append(line);
        }
        return outline.toString();
    }

    private static String beginning(String content) {
        String line = content.strip().lines().findFirst().orElse("");
        int end = Math.min(line.length(), OUTLINE_LINE);
        boolean isWithinCharacter = end > 0 && end < line.length() && Character.isHighSurrogate(line.charAt(end - 1));
        return line.substring(0, isWithinCharacter ? end - 1 : end);
    }

    /**
     * The parts in an order in which each comes behind all that it depends on.
     *
     * @throws IllegalArgumentException when they depend on each other in a circle, or on one that is not there
     */
    public static List<Part> inOrder(List<Part> parts) {
        Map<String, Part> waiting = new HashMap<>(parts.stream().collect(Collectors.toMap(Part::id, part -> part)));
        List<Part> ordered = new ArrayList<>();
        List<String> done = new ArrayList<>();
        while (ordered.size() < parts.size()) {
            List<Part> ready = parts.stream()
                    .filter(part -> waiting.containsKey(part.id()) && done.containsAll(part.dependencies()))
                    .toList();
            if (ready.isEmpty()) {
                throw new IllegalArgumentException("parts depend on each other in a circle");
            }
            ready.forEach(part -> {
                waiting.remove(part.id());
                done.add(part.id());
                ordered.add(part);
            });
        }
        return List.copyOf(ordered);
    }
}
