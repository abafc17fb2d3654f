package org.holovitals.server.ledger;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.param.DateParam;
import ca.uhn.fhir.rest.param.DateRangeParam;
import ca.uhn.fhir.rest.param.ParamPrefixEnum;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;

/** A date of a search as a condition. An AuditEvent shows milliseconds: a row is within one when its beginning is. */
final class TimeClause {
    private TimeClause() {}

    static Clause of(FhirContext fhir, String column, String name, String value) {
        DateParam date = new DateParam();
        try {
            date.setValueAsQueryToken(fhir, name, null, value);
        } catch (RuntimeException e) {
            throw new InvalidRequestException(name + " is " + value + ", which is not a date such as ge2026-11-28");
        }
        if (date.getPrefix() == ParamPrefixEnum.APPROXIMATE) {
            throw new InvalidRequestException(name + " has no prefix ap");
        }
        if (date.getPrefix() == ParamPrefixEnum.NOT_EQUAL) {
            date.setPrefix(ParamPrefixEnum.EQUAL);
            Clause equal = within(column, new DateRangeParam(date));
            return new Clause("not (" + equal.sql() + ")", equal.parameters());
        }
        return within(column, new DateRangeParam(date));
    }

    private static Clause within(String column, DateRangeParam range) {
        List<String> sql = new ArrayList<>(List.of("true"));
        List<Object> parameters = new ArrayList<>();
        Date lower = range.getLowerBoundAsInstant();
        Date upper = range.getUpperBoundAsInstant();
        if (lower != null) {
            sql.add(column + " >= ?");
            parameters.add(lower.toInstant().atOffset(ZoneOffset.UTC));
        }
        if (upper != null) {
            sql.add(column + " < ?");
            parameters.add(upper.toInstant().plusMillis(1).atOffset(ZoneOffset.UTC));
        }
        return new Clause(String.join(" and ", sql), parameters);
    }
}
