package org.holovitals.server.reading;

import ca.uhn.fhir.model.api.TemporalPrecisionEnum;
import ca.uhn.fhir.rest.param.DateParam;
import ca.uhn.fhir.rest.param.DateRangeParam;
import ca.uhn.fhir.rest.param.ParamPrefixEnum;
import ca.uhn.fhir.util.DateUtils;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.holovitals.server.fhir.IndexHashes;
import org.jspecify.annotations.Nullable;

/**
 * A date (http://hl7.org/fhir/R4/search.html#date) with its prefix. As in HAPI, values of a day or less precision are
 * compared by the calendar day that a resource names, others by the instant.
 */
final class DateCriterion {
    private static final Set<TemporalPrecisionEnum> INCOMPLETE =
            EnumSet.of(TemporalPrecisionEnum.YEAR, TemporalPrecisionEnum.MONTH);
    private static final Set<TemporalPrecisionEnum> BY_DAY =
            EnumSet.of(TemporalPrecisionEnum.YEAR, TemporalPrecisionEnum.MONTH, TemporalPrecisionEnum.DAY);

    private static final Set<ParamPrefixEnum> BEGINS = EnumSet.of(
            ParamPrefixEnum.GREATERTHAN, ParamPrefixEnum.GREATERTHAN_OR_EQUALS, ParamPrefixEnum.STARTS_AFTER);
    private static final Set<ParamPrefixEnum> ENDS =
            EnumSet.of(ParamPrefixEnum.LESSTHAN, ParamPrefixEnum.LESSTHAN_OR_EQUALS, ParamPrefixEnum.ENDS_BEFORE);

    private final ParamPrefixEnum prefix;
    private final DateRangeParam range;
    private final boolean isByDay;

    private DateCriterion(DateParam value) {
        this.prefix = value.getPrefix() == null ? ParamPrefixEnum.EQUAL : value.getPrefix();
        this.isByDay = BY_DAY.contains(value.getPrecision());
        this.range = new DateRangeParam(
                prefix == ParamPrefixEnum.NOT_EQUAL
                        ? new DateParam(ParamPrefixEnum.EQUAL, value.getValueAsString())
                        : value);
    }

    /** One date, or where a range begins and where it ends; empty for what only HAPI understands. */
    static Optional<Sql> of(String type, String parameter, List<DateParam> values) {
        boolean isPlain = values.stream()
                .allMatch(value -> !value.isEmpty()
                        && value.getMissing() == null
                        && value.getPrefix() != ParamPrefixEnum.APPROXIMATE);
        if (!isPlain || !(values.size() == 1 || isRange(values))) {
            return Optional.empty();
        }
        // It is one date of the resource that lies between both.
        Sql conditions = Sql.all(values.stream()
                .map(value -> new DateCriterion(value).condition())
                .toList());
        return Optional.of(Sql.of(
                        "select from fhir.hfj_spidx_date d where d.res_id = c.res_id and d.hash_identity = ? and ",
                        IndexHashes.identity(type, parameter))
                .and(conditions)
                .exists());
    }

    private static boolean isRange(List<DateParam> values) {
        return values.size() == 2
                && values.stream()
                                .filter(value -> BEGINS.contains(value.getPrefix()))
                                .count()
                        == 1
                && values.stream()
                                .filter(value -> ENDS.contains(value.getPrefix()))
                                .count()
                        == 1;
    }

    /** {@code _lastUpdated} of a day or an instant; empty for what only HAPI understands. */
    static Optional<Sql> ofLastUpdated(DateParam value) {
        boolean isPlain = !value.isEmpty()
                && value.getMissing() == null
                && !INCOMPLETE.contains(value.getPrecision())
                && value.getPrefix() != ParamPrefixEnum.APPROXIMATE
                && value.getPrefix() != ParamPrefixEnum.NOT_EQUAL;
        if (!isPlain) {
            return Optional.empty();
        }
        DateRangeParam range = new DateRangeParam(value);
        List<Sql> bounds = Stream.of(
                        updated(">=", range.getLowerBoundAsInstant()), updated("<=", range.getUpperBoundAsInstant()))
                .flatMap(Optional::stream)
                .toList();
        return Optional.of(Sql.of("select from fhir.hfj_resource u where u.res_id = c.res_id and ")
                .and(Sql.all(bounds))
                .exists());
    }

    private static Optional<Sql> updated(String operator, @Nullable Date bound) {
        return Optional.ofNullable(bound)
                .map(date ->
                        compared("u.res_updated", operator, date.toInstant().atOffset(ZoneOffset.UTC)));
    }

    private Sql condition() {
        return switch (prefix) {
            case GREATERTHAN, GREATERTHAN_OR_EQUALS -> high(">=", lower());
            case LESSTHAN, LESSTHAN_OR_EQUALS -> low("<=", upper());
            case STARTS_AFTER -> low(">=", lower());
            case ENDS_BEFORE -> high("<=", upper());
            case NOT_EQUAL -> Sql.any(List.of(low("<", lower()), high(">", upper())));
            default ->
                Sql.all(List.of(low(">=", lower()), low("<=", upper()), high("<=", upper()), high(">=", lower())));
        };
    }

    private Sql low(String operator, Object bound) {
        return compared(isByDay ? "d.sp_value_low_date_ordinal" : "d.sp_value_low", operator, bound);
    }

    private Sql high(String operator, Object bound) {
        return compared(isByDay ? "d.sp_value_high_date_ordinal" : "d.sp_value_high", operator, bound);
    }

    private static Sql compared(String column, String operator, Object bound) {
        return Sql.of(
                column + " " + operator + (bound instanceof Integer ? " ?" : " (?::timestamptz at time zone 'UTC')"),
                bound);
    }

    private Object lower() {
        return bound(range.getLowerBoundAsDateInteger(), range.getLowerBoundAsInstant());
    }

    private Object upper() {
        DateParam upper = range.getUpperBound();
        if (upper != null && INCOMPLETE.contains(upper.getPrecision())) {
            String last = DateUtils.getCompletedDate(upper.getValueAsString()).getRight();
            return Integer.valueOf(last.replace("-", ""));
        }
        return bound(range.getUpperBoundAsDateInteger(), range.getUpperBoundAsInstant());
    }

    private Object bound(@Nullable Integer day, @Nullable Date instant) {
        if (isByDay && day != null) {
            return day;
        } else if (!isByDay && instant != null) {
            return instant.toInstant().atOffset(ZoneOffset.UTC);
        }
        throw new IllegalStateException("A prefix without its bound");
    }
}
