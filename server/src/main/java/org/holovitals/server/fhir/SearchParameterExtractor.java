package org.holovitals.server.fhir;

import ca.uhn.fhir.jpa.model.entity.ResourceIndexedSearchParamNumber;
import ca.uhn.fhir.jpa.searchparam.extractor.SearchParamExtractorR4;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.exceptions.FHIRException;
import org.hl7.fhir.instance.model.api.IBase;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Location.LocationPositionComponent;
import org.hl7.fhir.r4.model.Money;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Range;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HAPI's extractor, which leaves out of the index what the index's columns cannot hold: a decimal beyond a double, or
 * a number of more than 17 digits before the point. Such a value is stored digit by digit and not found by its size.
 */
final class SearchParameterExtractor extends SearchParamExtractorR4 {
    private static final Logger log = LoggerFactory.getLogger(SearchParameterExtractor.class);
    private static final BigDecimal NUMBER_LIMIT = BigDecimal.TEN.pow(17);

    @Override
    public IValueExtractor getPathValueExtractor(IBase resource, String path) {
        return () -> {
            List<? extends IBase> found = evaluate(resource, path);
            return found.stream().allMatch(SearchParameterExtractor::fits)
                    ? found
                    : found.stream().filter(SearchParameterExtractor::fits).toList();
        };
    }

    /** A stored SearchParameter that cannot be evaluated must not make its resource type impossible to write. */
    private List<? extends IBase> evaluate(IBase resource, String path) {
        try {
            return super.getPathValueExtractor(resource, path).get();
        } catch (FHIRException | BaseServerResponseException | IllegalArgumentException | ArithmeticException e) {
            log.warn("The search expression {} cannot be evaluated, so it indexes nothing: {}", path, Frames.of(e));
            return List.of();
        }
    }

    @Override
    public SearchParamSet<ResourceIndexedSearchParamNumber> extractSearchParamNumber(
            IBaseResource resource, ISearchParamFilter filter) {
        SearchParamSet<ResourceIndexedSearchParamNumber> numbers = super.extractSearchParamNumber(resource, filter);
        numbers.removeIf(
                number -> number.getValue() != null && number.getValue().abs().compareTo(NUMBER_LIMIT) >= 0);
        return numbers;
    }

    private static boolean fits(@Nullable IBase value) {
        return decimals(value).allMatch(SearchParameterExtractor::fitsDouble);
    }

    private static Stream<BigDecimal> decimals(@Nullable IBase value) {
        if (value instanceof Quantity quantity) {
            return Stream.ofNullable(quantity.getValue());
        }
        if (value instanceof Money money) {
            return Stream.ofNullable(money.getValue());
        }
        if (value instanceof DecimalType decimal) {
            return Stream.ofNullable(decimal.getValue());
        }
        if (value instanceof Range range) {
            return Stream.concat(decimals(range.getLow()), decimals(range.getHigh()));
        }
        return value instanceof LocationPositionComponent position
                ? Stream.concat(Stream.ofNullable(position.getLatitude()), Stream.ofNullable(position.getLongitude()))
                : Stream.empty();
    }

    /** Neither infinite as a double nor a zero that is none. */
    static boolean fitsDouble(BigDecimal value) {
        double approximate = value.doubleValue();
        return Double.isFinite(approximate) && (approximate != 0 || value.signum() == 0);
    }
}
