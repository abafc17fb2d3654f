package org.holovitals.server.labs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.holovitals.server.texts.PageText;
import org.holovitals.server.texts.PageText.Method;
import org.holovitals.server.texts.PageText.Word;
import org.junit.jupiter.api.Test;

/** Dates of reports: those that say one day, and those that nobody can tell. */
final class ReportDatesTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 4, 1);

    private final ReportDates dates = new ReportDates();

    private String of(String... lines) {
        return said(new PageText(1, Method.TEXT_LAYER, String.join("\n", lines), null, List.of()));
    }

    private String said(PageText page) {
        return dates.of(page, TODAY)
                .map(date -> date.kind() + " " + date.date() + " " + date.printed())
                .orElse("nothing");
    }

    @Test
    void aDayThatCanBeReadInOneWayIsTaken() {
        assertThat(of("Collected: 2026-03-04 08:15")).isEqualTo("COLLECTED 2026-03-04 2026-03-04");
        assertThat(of("Date Collected: 03/25/2026  Date Received: 03/26/2026"))
                .isEqualTo("COLLECTED 2026-03-25 03/25/2026");
        assertThat(of("Specimen collected on 4 March 2026")).isEqualTo("COLLECTED 2026-03-04 4 March 2026");
        assertThat(of("Collection Date/Time: Mar 4, 2026 07:55 EST")).isEqualTo("COLLECTED 2026-03-04 Mar 4, 2026");
        assertThat(of("DRAWN 04-MAR-2026")).isEqualTo("COLLECTED 2026-03-04 04-MAR-2026");
        assertThat(of("Collected: 02/02/2026")).isEqualTo("COLLECTED 2026-02-02 02/02/2026");
        assertThat(of("Date of report: 25.03.2026")).isEqualTo("REPORTED 2026-03-25 25.03.2026");
        assertThat(of("Reported: 2026-03-06", "Collected: 2026-03-04")).isEqualTo("COLLECTED 2026-03-04 2026-03-04");
    }

    @Test
    void aDayThatCanBeReadInTwoWaysIsNotGuessed() {
        assertThat(of("Collected: 02/03/2026")).isEqualTo("COLLECTED null 02/03/2026");
        assertThat(of("Collected: 03/25/26")).isEqualTo("COLLECTED null 03/25/26");
        assertThat(of("Collected: 2026-03-04", "Collected: 2026-03-05")).isEqualTo("COLLECTED null 2026-03-04");
        assertThat(of("Collected: 13/13/2026")).isEqualTo("COLLECTED null 13/13/2026");
        assertThat(of("Collected: 02/03/2026", "DOB: 07/22/1951", "Seen 25/12/2025"))
                .isEqualTo("COLLECTED null 02/03/2026");
    }

    @Test
    void theOtherDatesOfThePageOrTheCalendarTellDayFromMonth() {
        assertThat(of("DOB: 07/22/1951", "Collected: 02/03/2026")).isEqualTo("COLLECTED 2026-02-03 02/03/2026");
        assertThat(of("Born 22/07/1951", "Collected: 02/03/2026")).isEqualTo("COLLECTED 2026-03-02 02/03/2026");
        assertThat(of("Collected: 03/12/2026"))
                .as("in December nobody has printed it yet")
                .isEqualTo("COLLECTED 2026-03-12 03/12/2026");
    }

    @Test
    void whatIsNoDateOfTheReportIsNone() {
        assertThat(of("DOB: 2001-03-04", "Received: 2026-03-04", "Printed 2026-03-05", "Collected by: Quagga 2026"))
                .isEqualTo("nothing");
        assertThat(of("Collected: 2027-03-04")).isEqualTo("COLLECTED null 2027-03-04");
    }

    @Test
    void aLabelMayStandAboveItsDate() {
        List<Word> words = new ArrayList<>();
        for (int column = 0; column < 3; column++) {
            String[] labels = {"Received", "Collected", "Reported"};
            words.add(new Word(labels[column], 1, List.of(0.1 + 0.3 * column, 0.1, 0.1, 0.01)));
        }
        for (int column = 0; column < 3; column++) {
            words.add(new Word("2026-03-0" + (4 + column), 1, List.of(0.1 + 0.3 * column, 0.12, 0.1, 0.01)));
        }
        String text = "Received Collected Reported\n\n2026-03-04 2026-03-05 2026-03-06";
        assertThat(said(new PageText(1, Method.TEXT_LAYER, text, null, words)))
                .isEqualTo("COLLECTED 2026-03-05 2026-03-05");
    }

    @Test
    void digitsThatWereRecognisedUncertainlySayNoDay() {
        List<Word> words = new ArrayList<>();
        for (String word : "Collected: 2026-03-04 08:15".split(" ", -1)) {
            words.add(new Word(word, word.startsWith("2026") ? 0.6 : 0.9, List.of()));
        }
        assertThat(said(new PageText(1, Method.TESSERACT, "Collected: 2026-03-04 08:15", 0.8, words)))
                .isEqualTo("COLLECTED null 2026-03-04");
    }
}
