package org.holovitals.mappings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.hl7.fhir.r4.model.DateTimeType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PartialDateTest {
    @ParameterizedTest
    @CsvSource({
        "2019, YEAR, 2019-01-01T00:00:00Z, 2019-12-31T23:59:59.999999Z",
        "2020-02, MONTH, 2020-02-01T00:00:00Z, 2020-02-29T23:59:59.999999Z",
        "2019-05-31, DAY, 2019-05-31T00:00:00Z, 2019-05-31T23:59:59.999999Z",
        "2019-05-31T10:30:15Z, SECOND, 2019-05-31T10:30:15Z, 2019-05-31T10:30:15.999999Z",
        "2019-05-31T10:30:15-08:00, SECOND, 2019-05-31T18:30:15Z, 2019-05-31T18:30:15.999999Z",
        "2019-05-31T10:30:15, SECOND, 2019-05-31T10:30:15Z, 2019-05-31T10:30:15.999999Z",
        "2019-05-31T10:30Z, SECOND, 2019-05-31T10:30:00Z, 2019-05-31T10:30:59.999999Z",
        "2016-12-31T23:59:60Z, SECOND, 2016-12-31T23:59:59Z, 2016-12-31T23:59:59.999999Z",
        "2019-05-31T10:30:15.5Z, MILLISECOND, 2019-05-31T10:30:15.500Z, 2019-05-31T10:30:15.500999Z",
        "2019-05-31T10:30:15.123456789Z, MILLISECOND, 2019-05-31T10:30:15.123456Z, 2019-05-31T10:30:15.123456Z",
        "2019-05/.., PERIOD, 2019-05-01T00:00:00Z,",
        "../2019-05, PERIOD, , 2019-05-31T23:59:59.999999Z",
        "2019/2020-01-01T00:00:00Z, PERIOD, 2019-01-01T00:00:00Z, 2020-01-01T00:00:00.999999Z",
        "0001, YEAR, 0001-01-01T00:00:00Z, 0001-12-31T23:59:59.999999Z",
        "9999, YEAR, 9999-01-01T00:00:00Z, 9999-12-31T23:59:59.999999Z"
    })
    void aDateCoversAllThatItsTextLeavesOpen(String text, Precision precision, Instant low, Instant high) {
        assertThat(PartialDate.parse(text)).isEqualTo(new PartialDate(text, precision, low, high));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "../..",
                "2019/",
                "-0005",
                "12019",
                "2019-13",
                "2019-02-30",
                "2019-05-31T24:00:00Z",
                "2019-05-31T10:30:61Z",
                "2019-05-31T10",
                "2019-05-31T10:30:15+25:00",
                "yesterday",
                "2019/2020/2021"
            })
    void whatIsNoDateIsNull(String text) {
        assertThat(PartialDate.parse(text)).isNull();
        assertThat(PartialDate.instant(text)).isNull();
    }

    @Property
    void theInstantOfFhirLiesWithinTheDate(@ForAll("dates") PartialDate date) {
        var fhir = new DateTimeType(date.text());
        assertThat(fhir.getValueAsString()).isEqualTo(date.text());
        assertThat(date.low()).isBeforeOrEqualTo(date.high());
        // HAPI reads a day in the zone of the machine, and no more than milliseconds.
        if (fhir.getTimeZone() != null) {
            assertThat(fhir.getValue().toInstant())
                    .isBetween(Objects.requireNonNull(date.low()).truncatedTo(ChronoUnit.MILLIS), date.high());
        }
    }

    @Provide
    Arbitrary<PartialDate> dates() {
        return Arbitraries.randomValue(random -> new RowMaker(random).date());
    }

    @Test
    void anInstantDiffersFromADateTimeOfTheSameDigits() {
        assertThat(PartialDate.instant("2019-05-31T10:30:15.123Z"))
                .isEqualTo(new PartialDate(
                        "2019-05-31T10:30:15.123Z",
                        Precision.INSTANT,
                        Instant.parse("2019-05-31T10:30:15.123Z"),
                        Instant.parse("2019-05-31T10:30:15.123999Z")));
    }
}
