package org.holovitals.mappings;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Dosage;
import org.hl7.fhir.r4.model.PositiveIntType;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Timing;
import org.hl7.fhir.r4.model.Timing.TimingRepeatComponent;
import org.hl7.fhir.r4.model.Timing.UnitsOfTime;
import org.jspecify.annotations.Nullable;

/**
 * The first dosage as two texts. Only the exact forms {@code 500 mg}, {@code 1} and {@code 3 per 1 d} are read back as structure;
 * whatever else somebody wrote stays text.
 */
final class Dosages {
    private static final Pattern DOSE = Pattern.compile("(\\d{1,18}(?:\\.\\d{1,18})?)(?: (\\S+))?");
    private static final Pattern REPEAT = Pattern.compile("([1-9]\\d{0,8}) per (\\d{1,18}(?:\\.\\d{1,18})?) (\\w+)");
    private static final Set<String> DOSE_UNITS = Set.of(
            "g",
            "mg",
            "ug",
            "mcg",
            "ng",
            "kg",
            "L",
            "l",
            "mL",
            "ml",
            "mmol",
            "mol",
            "meq",
            "mEq",
            "[iU]",
            "IU",
            "U",
            "unit",
            "units",
            "tablet",
            "tablets",
            "capsule",
            "capsules",
            "puff",
            "puffs",
            "drop",
            "drops",
            "patch");
    private static final Set<String> TIME_UNITS = Set.of("s", "min", "h", "d", "wk", "mo", "a");

    private Dosages() {}

    static @Nullable String amount(List<Dosage> dosages) {
        if (dosages.isEmpty()) {
            return null;
        }
        var dosage = dosages.get(0);
        return Texts.or(dose(dosage), Texts.value(dosage.getTextElement()));
    }

    private static @Nullable String dose(Dosage dosage) {
        if (dosage.getDoseAndRate().isEmpty()
                || !(dosage.getDoseAndRate().get(0).getDose() instanceof Quantity quantity)) {
            return null;
        }
        var amount = Amount.of(quantity);
        if (amount == null || amount.text() == null) {
            return null;
        }
        String unit = Texts.or(amount.unit(), Texts.value(quantity.getCodeElement()));
        return unit == null ? amount.text() : amount.text() + " " + unit;
    }

    static @Nullable String frequency(List<Dosage> dosages) {
        if (dosages.isEmpty()) {
            return null;
        }
        var timing = dosages.get(0).getTiming();
        var code = Concepts.code(timing.getCode(), List.of());
        String words = Concepts.name(timing.getCode(), code);
        String repeat = repeat(timing.getRepeat());
        return Texts.or(words, Texts.or(code == null ? null : code.code(), repeat));
    }

    private static @Nullable String repeat(TimingRepeatComponent repeat) {
        String times = Texts.value(repeat.getFrequencyElement());
        String period = Texts.value(repeat.getPeriodElement());
        String unit = Texts.value(repeat.getPeriodUnitElement());
        return times == null || period == null || unit == null ? null : times + " per " + period + " " + unit;
    }

    static @Nullable Dosage dosage(@Nullable String amount, @Nullable String frequency) {
        if (amount == null && frequency == null) {
            return null;
        }
        var dosage = new Dosage();
        if (amount != null) {
            setAmount(dosage, amount);
        }
        if (frequency != null) {
            dosage.setTiming(timing(frequency));
        }
        return dosage;
    }

    private static void setAmount(Dosage dosage, String amount) {
        var dose = DOSE.matcher(amount);
        if (!dose.matches() || (dose.group(2) != null && !DOSE_UNITS.contains(dose.group(2)))) {
            dosage.setText(amount);
            return;
        }
        var quantity = new Quantity().setUnit(dose.group(2));
        quantity.setValueElement(new DecimalType(dose.group(1)));
        dosage.addDoseAndRate().setDose(quantity);
    }

    private static Timing timing(String frequency) {
        var repeat = REPEAT.matcher(frequency);
        var timing = new Timing();
        if (!repeat.matches() || !TIME_UNITS.contains(repeat.group(3))) {
            timing.setCode(new CodeableConcept().setText(frequency));
            return timing;
        }
        timing.getRepeat().setFrequencyElement(new PositiveIntType(repeat.group(1)));
        timing.getRepeat().setPeriodElement(new DecimalType(repeat.group(2)));
        timing.getRepeat().setPeriodUnit(UnitsOfTime.fromCode(repeat.group(3)));
        return timing;
    }
}
