package org.holovitals.server.texts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.holovitals.server.labs.LabReports;
import org.holovitals.server.labs.LabValue;
import org.holovitals.server.texts.LabScans.Layout;
import org.holovitals.server.texts.LabScans.Printed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.unit.DataSize;

/**
 * Laboratory reports that were printed, scanned and recognised: what passes all gates has to be what was printed. With
 * {@code -Dholovitals.scans=84} as many pages are looked at, with {@code -Dholovitals.seed=1} other ones.
 */
final class LabScansTest {
    private static final Logger LOG = LoggerFactory.getLogger(LabScansTest.class);
    private static final int PAGES = Integer.getInteger("holovitals.scans", 6);
    private static final long SEED = Long.getLong("holovitals.seed", 20261128);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private final LabReports reports = new LabReports();

    /** What became of the rows of a layout. */
    private static final class Tally {
        private int rows;
        private int accepted;
        private final List<LabValue> wrong = new ArrayList<>();
        private int right;
        private int amiss;

        /** Each row is what the first value of its name says; a second one of the same is no row. */
        void add(List<Printed> printed, List<LabValue> values) {
            for (Printed row : printed) {
                rows++;
                values.stream()
                        .filter(value -> value.name().equals(row.kind().name()))
                        .findFirst()
                        .ifPresent(value -> add(row, value));
            }
            values.stream()
                    .filter(value -> value.failed().isEmpty())
                    .filter(value -> printed.stream().noneMatch(row -> row.is(value)))
                    .forEach(wrong::add);
        }

        private void add(Printed row, LabValue value) {
            if (value.failed().isEmpty()) {
                accepted++;
            } else if (row.isValueOf(value)) {
                right++;
            } else {
                amiss++;
            }
        }

        int missed() {
            return rows - accepted - right - amiss;
        }

        Tally and(Tally other) {
            Tally sum = new Tally();
            sum.rows = rows + other.rows;
            sum.accepted = accepted + other.accepted;
            sum.wrong.addAll(wrong);
            sum.wrong.addAll(other.wrong);
            sum.right = right + other.right;
            sum.amiss = amiss + other.amiss;
            return sum;
        }

        @Override
        public String toString() {
            return "%d rows: %d accepted, %d of them wrong; to review %d read rightly and %d wrongly; %d missed"
                    .formatted(rows, accepted, wrong.size(), right, amiss, missed());
        }
    }

    private List<PageText> recognised(byte[] file) throws IOException {
        List<PageText> pages = new ArrayList<>();
        TextSettings settings =
                new TextSettings(directory, DataSize.ofMegabytes(512), Duration.ofMinutes(30), PAGES, 50_000_000);
        try (TextReader reader = new TextReader(settings)) {
            assertThat(reader.read("application/pdf", new ByteArrayInputStream(file), (page, of) -> pages.add(page)))
                    .isEmpty();
        }
        return pages;
    }

    @Test
    void nothingThatIsWrongPassesAllGates() throws IOException {
        LabScans scans = new LabScans(SEED);
        Map<Layout, Tally> tallies = new EnumMap<>(Layout.class);
        for (PageText page : recognised(scans.pdf(PAGES))) {
            tallies.computeIfAbsent(LabScans.layout(page.number()), layout -> new Tally())
                    .add(scans.rows(page.number()), reports.of(page));
        }
        tallies.forEach((layout, tally) -> LOG.info("{}: {}", layout, tally));
        Tally all = tallies.values().stream().reduce(new Tally(), Tally::and);
        LOG.info("All: {}", all);
        assertThat(all.wrong).isEmpty();
        assertThat(all.accepted).isGreaterThan(all.rows * 2 / 5);
        assertThat(all.missed()).isLessThan(all.rows * 3 / 20);
    }
}
