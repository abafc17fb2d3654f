package org.holovitals.server.texts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.holovitals.server.Heap;
import org.holovitals.server.Spoiler;
import org.holovitals.server.texts.PageText.Method;
import org.holovitals.server.texts.PageText.Word;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.unit.DataSize;

/** Files read by processes that are started as the server starts them. */
final class TextReaderTest {
    private static final Logger log = LoggerFactory.getLogger(TextReaderTest.class);
    private static final String PDF = "application/pdf";
    private static final List<String> LINES = List.of(
            "Laboratory report of Zebra Hospital", "Potassium 3.4 mmol/L low", "Glucose 98 mg/dL", "HbA1c 7.2 %");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path directory;

    private final List<PageText> pages = new ArrayList<>();

    private static TextSettings settings() {
        return new TextSettings(directory, DataSize.ofMegabytes(256), Duration.ofSeconds(60), 5, 50_000_000);
    }

    private Optional<Failure> read(String type, byte[] file) {
        return read(settings(), type, file);
    }

    private Optional<Failure> read(TextSettings settings, String type, byte[] file) {
        pages.clear();
        try (TextReader reader = new TextReader(settings)) {
            return reader.read(type, new ByteArrayInputStream(file), (page, of) -> pages.add(page));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void thePagesOfAPdfComeInTheirOrderWithTheTextThatStandsInThem() {
        assertThat(read(PDF, TestPages.pdf(LINES, List.of("Second page with quite enough text to be no scan"))))
                .isEmpty();
        assertThat(pages)
                .extracting(PageText::number, PageText::method, PageText::text, PageText::confidence)
                .containsExactly(
                        tuple(1, Method.TEXT_LAYER, String.join("\n", LINES), null),
                        tuple(2, Method.TEXT_LAYER, "Second page with quite enough text to be no scan", null));
    }

    /** The page is 595 by 842 points; its first line stands at 50 and 780 from below, in letters of 12 points. */
    @Test
    void theWordsOfAPdfHaveTheirPlacesHoweverThePageIsTurned() {
        for (int rotation : List.of(0, 90)) {
            assertThat(read(PDF, TestPages.turned(rotation, LINES))).isEmpty();
            List<Word> words = pages.get(0).words();
            assertThat(words.stream().map(Word::text))
                    .containsExactly(String.join(" ", LINES).split(" ", -1));
            assertThat(words).allSatisfy(word -> assertThat(word.confidence()).isEqualTo(1));
            List<Double> first = words.get(0).box();
            List<Double> upright = rotation == 0
                    ? first
                    : List.of(first.get(1), 1 - first.get(0) - first.get(2), first.get(3), first.get(2));
            assertThat(upright.get(0)).as("left").isBetween(0.08, 0.09);
            assertThat(upright.get(1)).as("top").isBetween(0.055, 0.07);
            assertThat(upright.get(2)).as("width of Laboratory").isBetween(0.08, 0.12);
            assertThat(upright.get(3)).as("height").isBetween(0.006, 0.02);
        }
    }

    @Test
    void aTextIsOnePageInWhateverEncoding() {
        for (String encoding : List.of("UTF-16", "windows-1252")) {
            assertThat(read("text/plain", "Größe 180 cm".getBytes(java.nio.charset.Charset.forName(encoding))))
                    .isEmpty();
            assertThat(pages).containsExactly(new PageText(1, Method.TEXT_LAYER, "Größe 180 cm", null, List.of()));
        }
    }

    @Test
    void aScanIsRecognisedWordByWord() {
        assertThat(read("image/png", TestPages.file(TestPages.picture(LINES), "png")))
                .isEmpty();
        assertRecognised();
        assertThat(read(PDF, TestPages.scan(TestPages.picture(LINES)))).isEmpty();
        assertRecognised();
        assertThat(directory.resolve("native")).isNotEmptyDirectory();
        assertThat(left()).as("nothing of a file stays on the disk").isSubsetOf("native", "tessdata", ".pdfbox.cache");
    }

    private static List<String> left() {
        try (Stream<Path> all = Files.list(directory)) {
            return all.map(Path::getFileName).map(String::valueOf).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void assertRecognised() {
        assertThat(pages).hasSize(1);
        PageText page = pages.get(0);
        assertThat(page.method()).isEqualTo(Method.TESSERACT);
        assertThat(page.text())
                .contains("Laboratory report")
                .contains("Potassium 3.4")
                .contains("98 mg/dL");
        assertThat(page.confidence()).isBetween(0.8, 1.0);
        Word potassium = page.words().stream()
                .filter(word -> word.text().equals("Potassium"))
                .findFirst()
                .orElseThrow();
        assertThat(potassium.confidence()).isBetween(0.7, 1.0);
        assertThat(potassium.box()).hasSize(4).allSatisfy(part -> assertThat(part)
                .isBetween(0.0, 1.0));
        assertThat(potassium.box().get(0)).isBetween(0.03, 0.08);
    }

    @Test
    void whatCannotBeReadSaysWhy() {
        assertThat(read(PDF, TestPages.pdf("secret", LINES))).contains(Failure.ENCRYPTED);
        byte[] whole = TestPages.pdf(LINES);
        assertThat(read(PDF, Arrays.copyOf(whole, 200))).contains(Failure.BROKEN);
        assertThat(read("image/png", Arrays.copyOf(TestPages.file(TestPages.picture(LINES), "png"), 100)))
                .contains(Failure.BROKEN);
        assertThat(read(PDF, TestPages.pdf(LINES, LINES, LINES, LINES, LINES, LINES)))
                .contains(Failure.TOO_MANY_PAGES);
    }

    @Test
    void aHugeImageIsRefusedByItsHead() {
        long before = System.nanoTime();
        assertThat(read("image/png", TestPages.hugePng(20_000, 20_000))).contains(Failure.IMAGE_TOO_LARGE);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void aFileThatFillsTheMemoryOrNeverEndsFailsByItself() {
        assertThat(read(PDF, bomb())).contains(Failure.TOO_COMPLEX);
        TextSettings hasty =
                new TextSettings(directory, DataSize.ofMegabytes(256), Duration.ofMillis(5), 5, 50_000_000);
        assertThat(read(hasty, PDF, TestPages.pdf(LINES))).contains(Failure.TOO_SLOW);
    }

    /** A page whose instructions are two gigabytes of text when they are unpacked. */
    private static byte[] bomb() {
        try (PDDocument document = new PDDocument()) {
            PDPage page = new PDPage();
            document.addPage(page);
            PDStream content = new PDStream(document);
            try (var out = content.createOutputStream(COSName.FLATE_DECODE)) {
                out.write("BT /F1 12 Tf (".getBytes(StandardCharsets.US_ASCII));
                byte[] letters = new byte[1 << 20];
                Arrays.fill(letters, (byte) 'a');
                for (int i = 0; i < 600; i++) {
                    out.write(letters);
                }
                out.write(") Tj ET".getBytes(StandardCharsets.US_ASCII));
            }
            page.setContents(content);
            ByteArrayOutputStream saved = new ByteArrayOutputStream();
            document.save(saved);
            return saved.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void bytesAtRandomBehindAHeadEndInAFailureOrInPages() {
        Random random = new Random(5);
        for (String head : List.of("%PDF-1.7\n", "II*\u0000")) {
            byte[] file = new byte[5000];
            random.nextBytes(file);
            byte[] first = head.getBytes(StandardCharsets.ISO_8859_1);
            System.arraycopy(first, 0, file, 0, first.length);
            assertThat(read(head.startsWith("%") ? PDF : "image/png", file)).contains(Failure.BROKEN);
        }
    }

    /** A few, or a thousand with -Dholovitals.fuzz=1000; each in a process that may fall, and the next one reads on. */
    @Test
    void spoiledPdfsAndImagesEndInAFailureOrInPages() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(PDF, TestPages.pdf(LINES));
        files.put("image/png", TestPages.file(TestPages.picture(LINES.subList(0, 1)), "png"));
        files.put("image/jpeg", TestPages.file(TestPages.picture(LINES.subList(0, 1)), "jpg"));
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Map<String, Integer> outcomes = new TreeMap<>();
            Spoiler spoiler = new Spoiler(5);
            long before = Heap.used();
            for (int round = 0; round < Integer.getInteger("holovitals.fuzz", 1); round++) {
                Optional<Failure> failure = read(file.getKey(), spoiler.spoil(file.getValue()));
                assertThat(failure).isNotEqualTo(Optional.of(Failure.NO_RECOGNISER));
                outcomes.merge(failure.map(Failure::code).orElse("read"), 1, Integer::sum);
            }
            log.info("Spoiled {}: {}; {} MB of heap before, {} MB after", file.getKey(), outcomes, before, Heap.used());
        }
        assertThat(read(PDF, TestPages.pdf(LINES))).isEmpty();
    }
}
