package org.holovitals.mappings;

import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/**
 * A time in two columns. A closed Period has both; a Period without an end stays whole in the first, so that
 * "since May" does not become "in May".
 */
record Span(@Nullable PartialDate start, @Nullable PartialDate end) {

    static Span from(@Nullable Type type) {
        if (!(type instanceof Period period) || !period.hasEnd()) {
            return new Span(Dates.from(type), null);
        }
        return new Span(Dates.from(period.getStartElement()), Dates.from(period.getEndElement()));
    }

    @Nullable
    Type toType() {
        return end == null ? Dates.to(start) : Dates.period(start == null ? null : start.text(), end.text());
    }
}
