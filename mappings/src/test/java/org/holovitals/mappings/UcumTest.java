package org.holovitals.mappings;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class UcumTest {
    @ParameterizedTest
    @CsvSource({
        "98.6, [degF], Cel, 37",
        "310.15, K, Cel, 37",
        "37.00, Cel, Cel, 37.00",
        "150, [lb_av], kg, 68.0389",
        "71500, g, kg, 71.5",
        "1.80, m, cm, 180",
        "70, [in_i], cm, 177.8",
        "72, {beats}/min, /min, 72",
        "1.2, Hz, /min, 72",
        "0.97, 1, %, 97",
        "16, kPa, mm[Hg], 120.0102",
        "6, mo, a, 0.5"
    })
    void aUnitIsConverted(String value, String from, String unit, BigDecimal expected) {
        assertThat(Ucum.in(unit, new Amount(value, null, from))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"5, mg, cm", "5, Cel, kg", "5, foo, cm", "5, mg, Cel", "5, , cm", "<5, cm, cm", ", m, cm", "five, m, cm"
    })
    void whatCannotBeConvertedIsNull(String value, String from, String unit) {
        assertThat(Ucum.in(unit, new Amount(value, null, from))).isNull();
    }
}
