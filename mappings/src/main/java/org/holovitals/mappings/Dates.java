package org.holovitals.mappings;

import java.util.Objects;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/** FHIR's dates and periods, kept digit for digit. */
final class Dates {
    private Dates() {}

    /** A date, dateTime, instant or Period; null for any other type and for a date without a value. */
    static @Nullable PartialDate date(@Nullable Type element) {
        if (element instanceof Period period) {
            return period(period);
        }
        if (!(element instanceof BaseDateTimeType moment)) {
            return null;
        }
        String text = Texts.value(moment);
        if (text == null) {
            return null;
        }
        return moment instanceof InstantType ? PartialDate.instant(text) : PartialDate.parse(text);
    }

    private static @Nullable PartialDate period(Period period) {
        String start = Texts.value(period.getStartElement());
        String end = Texts.value(period.getEndElement());
        return PartialDate.period(
                Objects.requireNonNullElse(start, PartialDate.OPEN), Objects.requireNonNullElse(end, PartialDate.OPEN));
    }

    /** The element that holds the date: a Period or a dateTime. */
    static @Nullable Type element(@Nullable PartialDate date) {
        if (date == null) {
            return null;
        }
        return date.isPeriod() ? period(date.start(), date.end()) : new DateTimeType(date.text());
    }

    /** The same where FHIR allows an instant as well. */
    static @Nullable Type elementOrInstant(@Nullable PartialDate date) {
        boolean instant = date != null && date.precision() == Precision.INSTANT;
        return instant ? instant(date) : element(date);
    }

    static @Nullable InstantType instant(@Nullable PartialDate date) {
        return date == null ? null : new InstantType(date.text());
    }

    static Period period(@Nullable String start, @Nullable String end) {
        var period = new Period();
        if (start != null) {
            period.setStartElement(new DateTimeType(start));
        }
        if (end != null) {
            period.setEndElement(new DateTimeType(end));
        }
        return period;
    }

    static @Nullable DateTimeType dateTime(@Nullable PartialDate date) {
        return date == null ? null : new DateTimeType(date.text());
    }

    static @Nullable DateType day(@Nullable PartialDate date) {
        return date == null ? null : new DateType(date.text());
    }

    /** When something was done: two columns for a closed period, one for a moment or an open start. */
    record Span(@Nullable PartialDate from, @Nullable PartialDate until) {
        static Span of(@Nullable Type element) {
            var date = date(element);
            if (date == null || !date.isPeriod() || date.end() == null) {
                return new Span(date, null);
            }
            String start = date.start();
            return new Span(start == null ? null : PartialDate.parse(start), PartialDate.parse(date.end()));
        }

        @Nullable
        Type element() {
            return until == null ? Dates.element(from) : period(from == null ? null : from.text(), until.text());
        }
    }
}
