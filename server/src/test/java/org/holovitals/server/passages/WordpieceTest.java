package org.holovitals.server.passages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** {@code pieces.tsv} holds what Hugging Face's tokenizers 0.22 make of each text by the same tokenizer.json. */
final class WordpieceTest {
    @Test
    void everyTextIsCutAsByTheReference() throws IOException {
        Wordpiece pieces = OnnxEmbedder.pieces();
        List<String> expected = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(WordpieceTest.class.getResourceAsStream("pieces.tsv")),
                StandardCharsets.UTF_8))) {
            lines.lines().forEach(expected::add);
        }
        assertThat(expected).hasSizeGreaterThan(30);
        assertThat(expected.stream()
                        .map(line -> line.substring(0, line.indexOf('\t')))
                        .map(text -> text + "\t"
                                + LongStream.of(pieces.sequence(text, 512))
                                        .mapToObj(Long::toString)
                                        .collect(Collectors.joining(" "))))
                .containsExactlyElementsOf(expected);
    }

    @Test
    void whatIsTooLongIsCutAndStillEnds() throws IOException {
        long[] ids = OnnxEmbedder.pieces().sequence("heart ".repeat(1000), 512);
        assertThat(ids).hasSize(512);
        assertThat(Arrays.stream(ids).distinct()).containsExactly(101L, 2540L, 102L);
    }
}
