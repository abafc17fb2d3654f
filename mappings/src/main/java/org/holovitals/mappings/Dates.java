package org.holovitals.mappings;

import java.util.Set;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/** FHIR's date types and {@link PartialDate}, in both directions. */
final class Dates {

    static final Set<Precision> CALENDAR = Set.of(Precision.YEAR, Precision.MONTH, Precision.DAY);

    private Dates() {}

    static @Nullable PartialDate from(@Nullable Type type) {
        if (type instanceof Period period) {
            return period(period);
        }
        if (!(type instanceof BaseDateTimeType date) || !date.hasValue()) {
            return null;
        }
        String text = date.getValueAsString();
        return type instanceof InstantType ? PartialDate.instant(text) : PartialDate.parse(text);
    }

    private static @Nullable PartialDate period(Period period) {
        @Nullable String start = Texts.of(period.getStartElement().getValueAsString());
        @Nullable String end = Texts.of(period.getEndElement().getValueAsString());
        return start == null && end == null ? null : PartialDate.parse(PartialDate.periodText(start, end));
    }

    static @Nullable Type to(@Nullable PartialDate date) {
        if (date == null) {
            return null;
        }
        return switch (date.precision()) {
            case PERIOD -> period(date.start(), date.end());
            case INSTANT -> new InstantType(date.text());
            default -> new DateTimeType(date.text());
        };
    }

    /** The date as a dateTime element; null for a Period. */
    static @Nullable DateTimeType dateTime(@Nullable PartialDate date) {
        return date == null || date.precision() == Precision.PERIOD ? null : new DateTimeType(date.text());
    }

    static Period period(@Nullable String start, @Nullable String end) {
        Period period = new Period();
        if (start != null) {
            period.setStartElement(new DateTimeType(start));
        }
        if (end != null) {
            period.setEndElement(new DateTimeType(end));
        }
        return period;
    }
}
