package org.holovitals.server.labs;

import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.holovitals.server.labs.Analyte.Scale;
import org.jspecify.annotations.Nullable;

/** Looks at values that a person has read or typed: what they mean, and by which gates they are doubtful. */
public final class LabChecks {
    /** A sign, and digits with a point. */
    static final String NUMBER = "([<>≤≥]?)(\\d{1,6}(?:\\.\\d{1,4})?)";

    private static final Pattern VALUE = Pattern.compile(NUMBER);

    private final Analytes analytes = new Analytes();

    /**
     * A value with what belongs to it, as printed.
     *
     * @param name the usual one of what was measured
     */
    public record Reading(
            String name,
            String value,
            @Nullable String unit,
            @Nullable String range) {}

    /**
     * What the gates say that need no page.
     *
     * @param measurement null where the unit is none in which this is measured
     * @param failed those of UNIT, PLAUSIBLE, RANGE and POINT that it does not pass; no range at all is none that fails
     */
    public record Checked(@Nullable Measurement measurement, Set<Gate> failed) {}

    /** The usual name of what a code of LOINC stands for. */
    public Optional<String> nameOf(String code) {
        return analytes.coded(code).map(Analyte::name);
    }

    /** What is known of a value; empty where it is no number, or of nothing that is known. */
    public Optional<Checked> check(Reading reading) {
        Optional<Analyte> analyte = analytes.named(reading.name());
        Matcher value = VALUE.matcher(reading.value().replace(" ", ""));
        return analyte.isEmpty() || !value.matches()
                ? Optional.empty()
                : Optional.of(check(analyte.get(), value, reading));
    }

    private static Checked check(Analyte analyte, Matcher value, Reading reading) {
        String unit = reading.unit() == null ? "" : reading.unit();
        BigDecimal number = new BigDecimal(value.group(2));
        Optional<Scale> scale = analyte.scale(unit);
        Optional<Range> range = Optional.ofNullable(reading.range()).flatMap(Range::of);
        Set<Gate> failed = EnumSet.noneOf(Gate.class);
        if (scale.isEmpty()) {
            failed.add(Gate.UNIT);
        }
        if (!scale.map(plausible -> plausible.holds(number)).orElse(false)) {
            failed.add(Gate.PLAUSIBLE);
        }
        if (reading.range() != null && !range.map(Range::isOrdered).orElse(false)) {
            failed.add(Gate.RANGE);
        }
        if (range.map(Range::hasPoints).orElse(false) && number.scale() == 0) {
            failed.add(Gate.POINT);
        }
        return new Checked(
                scale.map(known -> new Measurement(
                                analyte.name(),
                                known.codes(),
                                value.group(1),
                                number,
                                unit,
                                known.ucum(),
                                range.map(Range::low).orElse(null),
                                range.map(Range::high).orElse(null)))
                        .orElse(null),
                failed);
    }
}
