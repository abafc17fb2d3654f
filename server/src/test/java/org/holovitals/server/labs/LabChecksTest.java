package org.holovitals.server.labs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.fhir.ucum.UcumEssenceService;
import org.fhir.ucum.UcumService;
import org.holovitals.server.labs.LabChecks.Reading;
import org.holovitals.server.labs.Measurement.Side;
import org.junit.jupiter.api.Test;

/** What values mean that a person says. */
final class LabChecksTest {
    private final LabChecks checks = new LabChecks();

    private LabChecks.Checked check(String name, String value, String unit, String range) {
        return checks.check(new Reading(name, value, unit, range.isEmpty() ? null : range))
                .orElseThrow();
    }

    private static Measurement meant(LabChecks.Checked checked) {
        return Objects.requireNonNull(checked.measurement());
    }

    @Test
    void aValueHasTheCodesOfItsUnit() {
        Measurement mass = meant(check("Glucose", "99", "mg/dL", "70-99"));
        Measurement moles = meant(check("Glucose", "5.5", "mmol/L", ""));
        assertThat(List.of(mass.code(), mass.ucum(), moles.code(), moles.ucum()))
                .containsExactly("2345-7", "mg/dL", "14749-6", "mmol/L");
        assertThat(List.of(mass.side(), moles.side())).containsExactly(Side.NORMAL, Side.UNKNOWN);
        assertThat(meant(check("Thyrotropin", "<0.01", "uIU/mL", "0.4 - 4.0")))
                .satisfies(bound -> assertThat(List.of(bound.bound(), bound.ucum(), bound.side()))
                        .containsExactly("<", "u[IU]/mL", Side.UNKNOWN));
        assertThat(mass.under("2339-0").orElseThrow().code()).isEqualTo("2339-0");
        assertThat(mass.under("14749-6")).isEmpty();
        assertThat(checks.nameOf("788-0")).contains("Red cell distribution width");
        assertThat(checks.nameOf("8867-4")).isEmpty();
    }

    @Test
    void theGatesSayWhatIsDoubtful() {
        assertThat(check("Potassium", "34", "mmol/L", "3.5-5.1").failed())
                .isEqualTo(Set.of(Gate.PLAUSIBLE, Gate.POINT));
        assertThat(check("Potassium", "3.4", "furlongs", "").failed()).isEqualTo(Set.of(Gate.UNIT, Gate.PLAUSIBLE));
        assertThat(check("Potassium", "3.4", "mmol/L", "5.1-3.5").failed()).isEqualTo(Set.of(Gate.RANGE));
        assertThat(checks.check(new Reading("Potassium", "3,4", "mmol/L", null)))
                .isEmpty();
    }

    @Test
    void everyUnitIsOneOfUcum() throws Exception {
        UcumService ucum = new UcumEssenceService(UcumService.class.getResourceAsStream("/ucum-essence.xml"));
        assertThat(TableFile.rows("/labs/units.tsv"))
                .hasSizeGreaterThan(40)
                .allSatisfy(row -> assertThat(ucum.validate(row[1])).as(row[1]).isNull());
    }

    /** The last digit of a code of LOINC checks the others (Luhn's sum). */
    @Test
    void everyCodeIsOneOfLoincByItsDigit() {
        assertThat(TableFile.rows("/labs/analytes.tsv"))
                .flatExtracting(row -> List.of(row[2].replaceAll("[^;@]*@", "").split("[;|]", -1)))
                .hasSizeGreaterThan(90)
                .allSatisfy(code -> assertThat(isChecked(String.valueOf(code)))
                        .as("%s", code)
                        .isTrue());
    }

    private static boolean isChecked(String code) {
        String digits = code.replace("-", "");
        int sum = 0;
        for (int i = digits.length() - 1, place = 0; i >= 0; i--, place++) {
            int digit = digits.charAt(i) - '0';
            int counted = place % 2 == 0 ? digit : digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
            sum += counted;
        }
        return sum % 10 == 0;
    }
}
