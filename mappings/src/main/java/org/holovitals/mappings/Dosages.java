package org.holovitals.mappings;

import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Dosage;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Timing;
import org.hl7.fhir.r4.model.Timing.TimingRepeatComponent;
import org.hl7.fhir.r4.model.Timing.UnitsOfTime;
import org.jspecify.annotations.Nullable;

/** The first dosage as two texts: "500 mg" and "2 per 1 d", or the words that stand there. */
final class Dosages {

    private static final Pattern DOSE = Pattern.compile("(-?\\d+(?:\\.\\d+)?) (\\S+)");
    private static final Pattern REPEAT = Pattern.compile("([1-9]\\d{0,5}) per (\\d+(?:\\.\\d+)?) (s|min|h|d|wk|mo|a)");

    private Dosages() {}

    static @Nullable String dose(List<Dosage> dosages) {
        if (dosages.isEmpty()) {
            return null;
        }
        Dosage dosage = dosages.get(0);
        if (dosage.hasDoseAndRate() && dosage.getDoseAndRate().get(0).getDose() instanceof Quantity dose) {
            @Nullable String unit = dose.hasUnit() ? dose.getUnit() : Texts.of(dose.getCode());
            @Nullable String digits = Amounts.text(dose);
            if (digits != null) {
                return unit == null ? digits : digits + " " + unit;
            }
        }
        return Texts.of(dosage.getText());
    }

    static @Nullable String frequency(List<Dosage> dosages) {
        if (dosages.isEmpty() || !dosages.get(0).hasTiming()) {
            return null;
        }
        Timing timing = dosages.get(0).getTiming();
        @Nullable String code = Concept.readable(timing.getCode());
        return code == null ? repeat(timing.getRepeat()) : code;
    }

    private static @Nullable String repeat(TimingRepeatComponent repeat) {
        if (!repeat.hasFrequency() || !repeat.hasPeriod() || repeat.getPeriodUnit() == null) {
            return null;
        }
        return repeat.getFrequency() + " per " + repeat.getPeriodElement().getValueAsString() + " "
                + repeat.getPeriodUnit().toCode();
    }

    static List<Dosage> dosages(@Nullable String dose, @Nullable String frequency) {
        if (dose == null && frequency == null) {
            return List.of();
        }
        Dosage dosage = new Dosage();
        if (dose != null) {
            setDose(dosage, dose);
        }
        if (frequency != null) {
            dosage.setTiming(timing(frequency));
        }
        return List.of(dosage);
    }

    private static void setDose(Dosage dosage, String dose) {
        Matcher parts = DOSE.matcher(dose);
        if (parts.matches()) {
            Quantity quantity = new Quantity().setUnit(parts.group(2));
            dosage.addDoseAndRate().setDose(quantity.setValue(new BigDecimal(parts.group(1))));
        } else {
            dosage.setText(dose);
        }
    }

    private static Timing timing(String frequency) {
        Matcher parts = REPEAT.matcher(frequency);
        if (!parts.matches()) {
            return new Timing().setCode(new CodeableConcept().setText(frequency));
        }
        TimingRepeatComponent repeat = new TimingRepeatComponent()
                .setFrequency(Integer.parseInt(parts.group(1)))
                .setPeriod(new BigDecimal(parts.group(2)))
                .setPeriodUnit(UnitsOfTime.fromCode(parts.group(3)));
        return new Timing().setRepeat(repeat);
    }
}
