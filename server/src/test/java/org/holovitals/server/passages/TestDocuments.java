package org.holovitals.server.passages;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.springframework.context.ApplicationContext;

/** Documents of a patient who never was, and questions to them: {@code questions.tsv}. */
public final class TestDocuments {
    private TestDocuments() {}

    /**
     * A question.
     *
     * @param document the file that answers; {@code -} where none does
     * @param words of the passage that answers
     */
    public record Asked(String question, String document, String words) {
        /** Whether any document answers. */
        public boolean isAnswered() {
            return !document.equals("-");
        }
    }

    /** All of them. */
    public static List<Asked> questions() {
        return text("questions.tsv")
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("\t"))
                .map(parts -> new Asked(parts[0], parts[1], parts[2]))
                .toList();
    }

    /** Names of the files. */
    public static List<String> names() {
        return questions().stream()
                .filter(Asked::isAnswered)
                .map(Asked::document)
                .distinct()
                .toList();
    }

    /** The text of a file. */
    public static String text(String name) {
        try (InputStream file = Objects.requireNonNull(TestDocuments.class.getResourceAsStream(name), name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Indexes what was read, as the server's indexers would. */
    public static void index(ApplicationContext context) {
        IndexedTexts.index(context);
    }
}
