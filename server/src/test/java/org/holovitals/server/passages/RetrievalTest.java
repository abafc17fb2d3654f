package org.holovitals.server.passages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.holovitals.server.documents.PatientTexts;
import org.holovitals.server.passages.Chunker.Chunk;
import org.holovitals.server.passages.Ranking.Ranked;
import org.holovitals.server.passages.Ranking.Way;
import org.holovitals.server.passages.TestDocuments.Asked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the search finds in the test's documents: by words, by meaning and by both. */
final class RetrievalTest {
    private static final Logger log = LoggerFactory.getLogger(RetrievalTest.class);

    private static final List<Passage> PASSAGES = new ArrayList<>();
    private static final Map<UUID, String> NAMES = new HashMap<>();
    private static final Map<String, float[]> QUESTIONS = new HashMap<>();

    @BeforeAll
    static void theDocuments() throws IOException {
        Wordpiece pieces = OnnxEmbedder.pieces();
        Embedder embedder = OnnxEmbedder.lazy(() -> pieces);
        Chunker chunker = new Chunker(() -> pieces);
        for (String name : TestDocuments.names()) {
            UUID id = UUID.randomUUID();
            NAMES.put(id, name);
            for (Chunk chunk : chunker.of(List.of(page(TestDocuments.text(name))))) {
                PASSAGES.add(new Passage(
                        id,
                        chunk.page(),
                        chunk.text(),
                        embedder.passage(chunk.text()).orElseThrow()));
            }
        }
        for (Asked asked : TestDocuments.questions()) {
            QUESTIONS.put(asked.question(), embedder.query(asked.question()).orElseThrow());
        }
    }

    private static PatientTexts.Page page(String text) {
        return new PatientTexts.Page(1, text);
    }

    /**
     * How often the passage that answers is the first, and among the first three.
     *
     * @param rank sum of the reciprocal ranks
     */
    private record Score(int first, int three, double rank) {
        static Score of(Way way) {
            int first = 0;
            int three = 0;
            double reciprocal = 0;
            for (Asked asked :
                    TestDocuments.questions().stream().filter(Asked::isAnswered).toList()) {
                int rank = rank(asked, way);
                if (rank < 0) {
                    continue;
                }
                first += rank == 0 ? 1 : 0;
                three += rank < 3 ? 1 : 0;
                reciprocal += 1.0 / (rank + 1);
            }
            return new Score(first, three, reciprocal);
        }

        private static int rank(Asked asked, Way way) {
            List<Ranked> ranked = Ranking.of(asked.question(), QUESTIONS.get(asked.question()), PASSAGES, way);
            return IntStream.range(0, ranked.size())
                    .filter(i -> answers(ranked.get(i).passage(), asked))
                    .findFirst()
                    .orElse(-1);
        }
    }

    private static boolean answers(Passage passage, Asked asked) {
        return asked.document().equals(NAMES.get(passage.document()))
                && passage.text().replace('\n', ' ').contains(asked.words());
    }

    @Test
    void bothWaysTogetherFindWhatEitherFinds() {
        Score words = Score.of(Way.WORDS);
        Score meaning = Score.of(Way.MEANING);
        Score both = Score.of(Way.BOTH);
        long count =
                TestDocuments.questions().stream().filter(Asked::isAnswered).count();
        log.info(
                "{} questions, {} passages: by words {}, by meaning {}, by both {}",
                count,
                PASSAGES.size(),
                words,
                meaning,
                both);
        assertThat(both.first()).isGreaterThanOrEqualTo((int) (count * 0.7));
        assertThat(both.three()).isGreaterThanOrEqualTo((int) (count * 0.9));
        assertThat(both.three()).isGreaterThanOrEqualTo(Math.max(words.three(), meaning.three()));
        assertThat(both.rank()).isGreaterThan(words.rank()).isGreaterThan(meaning.rank() * 0.98);
    }

    @Test
    void fiveThousandPassagesAreOrderedAtOnce() {
        Random random = new Random(7);
        List<Passage> many = IntStream.range(0, 5000)
                .mapToObj(i -> PASSAGES.get(random.nextInt(PASSAGES.size())))
                .toList();
        String question = TestDocuments.questions().get(0).question();
        float[] asked = Objects.requireNonNull(QUESTIONS.get(question));
        for (int i = 0; i < 5; i++) {
            Ranking.of(question, QUESTIONS.get(question), many, Way.BOTH);
        }
        long begin = System.nanoTime();
        for (Passage passage : many) {
            Vectors.product(asked, Objects.requireNonNull(passage.vector()));
        }
        long vectors = System.nanoTime() - begin;
        begin = System.nanoTime();
        Ranking.of(question, QUESTIONS.get(question), many, Way.BOTH);
        long all = System.nanoTime() - begin;
        log.info(
                "5,000 passages: vectors compared in {} ms, words and both orders in {} ms",
                TimeUnit.NANOSECONDS.toMicros(vectors) / 1000.0,
                TimeUnit.NANOSECONDS.toMillis(all));
        assertThat(all).isLessThan(TimeUnit.SECONDS.toNanos(3));
    }

    @Test
    void passagesArePiecesOfTheirPageThatOverlapAndLeaveNothingOut() throws IOException {
        Wordpiece pieces = OnnxEmbedder.pieces();
        Chunker chunker = new Chunker(() -> pieces);
        String page = String.join(
                        "\n",
                        TestDocuments.names().stream().map(TestDocuments::text).toList())
                + IntStream.range(0, 1000).mapToObj(i -> "no end " + i).collect(Collectors.joining(" "))
                + IntStream.range(0, 1000).mapToObj(Integer::toString).collect(Collectors.joining("x"))
                + IntStream.range(0, 300).mapToObj(i -> " 😀" + i).collect(Collectors.joining());
        List<Chunk> chunks = chunker.of(List.of(page(page), page(" \n ")));
        int covered = 0;
        int from = 0;
        for (Chunk chunk : chunks) {
            assertThat(pieces.count(chunk.text())).isBetween(1, Chunker.LONGEST);
            assertThat(chunk.text().length()).isLessThan(1000);
            int at = page.indexOf(chunk.text(), from);
            assertThat(at).as(chunk.text()).isGreaterThanOrEqualTo(0);
            assertThat(page.substring(Math.min(covered, at), at)).isBlank();
            covered = Math.max(covered, at + chunk.text().length());
            from = at + 1;
        }
        assertThat(page.substring(covered)).isBlank();
        assertThat(chunks).hasSizeGreaterThan(60).allMatch(chunk -> chunk.page() == 1);
    }

    /** A newer runtime ended the process where its command line was longer than 4,096 bytes. */
    @Test
    void aLongCommandLineDoesNotEndTheServer() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(
                        System.getProperty("java.home") + "/bin/java",
                        "-XX:TieredStopAtLevel=1",
                        "-Dlong=" + "x".repeat(20_000),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OneVector.class.getName()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    /** A process that makes a vector. */
    static final class OneVector {
        private OneVector() {}

        public static void main(String[] arguments) throws IOException {
            Wordpiece pieces = OnnxEmbedder.pieces();
            if (OnnxEmbedder.lazy(() -> pieces).passage("heart").isEmpty()) {
                throw new IllegalStateException("there is no vector");
            }
        }
    }
}
