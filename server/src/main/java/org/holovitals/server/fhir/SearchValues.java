package org.holovitals.server.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeSearchParam;
import ca.uhn.fhir.jpa.dao.predicate.SearchFilterParser;
import ca.uhn.fhir.model.api.IQueryParameterType;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.rest.api.QualifiedParamList;
import ca.uhn.fhir.rest.param.DateParam;
import ca.uhn.fhir.rest.param.NumberParam;
import ca.uhn.fhir.rest.param.QuantityParam;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry.SearchParamLookupContextEnum;
import java.math.BigDecimal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the values of search parameters before HAPI does, which names no parameter or fails on a bad one. */
final class SearchValues {
    private static final Set<String> DATES = Set.of("_lastUpdated", "_since", "_at");

    private final FhirContext fhir;
    private final ISearchParamRegistry registry;

    SearchValues(FhirContext fhir, ISearchParamRegistry registry) {
        this.fhir = fhir;
        this.registry = registry;
    }

    /** Throws what becomes a 400 that names the parameter. */
    void check(@Nullable String type, String parameter, String value) {
        if (value.isBlank()) {
            return;
        }
        if (parameter.endsWith(":missing")) {
            checkMissing(parameter, value);
        } else if (parameter.equals("_filter")) {
            checkFilter(value);
        } else if (DATES.contains(parameter)) {
            checkEach(parameter, value, Kind.DATE);
        } else if (type != null) {
            RuntimeSearchParam known =
                    registry.getActiveSearchParam(type, parameter, SearchParamLookupContextEnum.SEARCH);
            Kind kind = known == null ? null : Kind.of(known);
            if (kind != null) {
                checkEach(parameter, value, kind);
            }
        }
    }

    private static void checkMissing(String parameter, String value) {
        if (!value.equals("true") && !value.equals("false")) {
            throw new InvalidRequestException(parameter + " is " + value + "; it may be true or false");
        }
    }

    @SuppressWarnings("ReturnValueIgnored")
    private static void checkFilter(String value) {
        try {
            SearchFilterParser.parse(value);
        } catch (SearchFilterParser.FilterSyntaxException e) {
            throw new InvalidRequestException("_filter cannot be read: " + e.getMessage());
        } catch (RuntimeException e) {
            throw new InvalidRequestException("_filter cannot be read: it ends too early");
        }
    }

    private void checkEach(String parameter, String values, Kind kind) {
        for (String value : QualifiedParamList.splitQueryStringByCommasIgnoreEscape(null, values)) {
            IQueryParameterType read = kind.parameter();
            try {
                read.setValueAsQueryToken(fhir, parameter, null, value);
            } catch (BaseServerResponseException | DataFormatException | IllegalArgumentException e) {
                throw new InvalidRequestException(parameter + " is " + value + ", which is not " + kind.description);
            }
            BigDecimal number = numberOf(read);
            if (number != null && !SearchParameterExtractor.fitsDouble(number)) {
                throw new InvalidRequestException(parameter + " is " + value + ", beyond the numbers that are indexed");
            }
        }
    }

    private static @Nullable BigDecimal numberOf(IQueryParameterType read) {
        if (read instanceof QuantityParam quantity) {
            return quantity.getValue();
        }
        return read instanceof NumberParam number ? number.getValue() : null;
    }

    private enum Kind {
        DATE("a date or time such as ge2024-02-29"),
        NUMBER("a number such as gt5.4"),
        QUANTITY("a quantity such as gt5.4|http://unitsofmeasure.org|mg");

        private final String description;

        Kind(String description) {
            this.description = description;
        }

        static @Nullable Kind of(RuntimeSearchParam parameter) {
            return switch (parameter.getParamType()) {
                case DATE -> DATE;
                case NUMBER -> NUMBER;
                case QUANTITY -> QUANTITY;
                default -> null;
            };
        }

        private IQueryParameterType parameter() {
            return switch (this) {
                case DATE -> new DateParam();
                case NUMBER -> new NumberParam();
                case QUANTITY -> new QuantityParam();
            };
        }
    }
}
