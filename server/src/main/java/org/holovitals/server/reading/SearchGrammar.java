package org.holovitals.server.reading;

import ca.uhn.fhir.context.RuntimeSearchParam;
import ca.uhn.fhir.rest.api.RestSearchParameterTypeEnum;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.holovitals.server.access.Caller;
import org.holovitals.server.access.Exclusion;
import org.holovitals.server.access.RecordReach;
import org.holovitals.server.access.RecordReach.Limits;
import org.holovitals.server.access.SmartScope.Qualifier;
import org.holovitals.server.fhir.IndexHashes;
import org.holovitals.server.reading.PatientSearch.Order;
import org.holovitals.server.reading.ReferenceCriterion.Target;
import org.jspecify.annotations.Nullable;

/** Which searches are answered here: of one patient's resources, by tokens, dates and references. */
final class SearchGrammar {
    private static final String PATIENT = "Patient";

    private final Criteria criteria;
    private final Companions companions;
    private final RecordReach reach;

    SearchGrammar(Criteria criteria, RecordReach reach) {
        this.criteria = criteria;
        this.companions = new Companions(criteria, reach);
        this.reach = reach;
    }

    /** The search, cut down to what the caller may find; empty for what HAPI has to answer. */
    Optional<PatientSearch> read(
            @Nullable String type, Controls controls, Map<String, String[]> parameters, Caller caller) {
        if (type == null
                || type.equals(PATIENT)
                || !Reads.isOfStorage(type)
                || !reach.covers(type)
                || !controls.isClear()) {
            return Optional.empty();
        }
        Optional<Driver> driver = driver(type, parameters);
        if (driver.isEmpty()) {
            return Optional.empty();
        }
        Optional<Order> order = order(type, controls.only("_sort"));
        Optional<List<Sql>> asked = asked(type, driver.get(), parameters);
        Optional<List<Sql>> limits =
                reach.limits(caller, type, driver.get().patient()).flatMap(found -> limits(type, found));
        Optional<List<Sql>> beside = companions.of(type, parameters);
        if (asked.isEmpty()
                || limits.isEmpty()
                || beside.isEmpty()
                || (order.isEmpty() && controls.only("_sort") != null)) {
            return Optional.empty();
        }
        List<Sql> all = new ArrayList<>(asked.get());
        all.addAll(limits.get());
        return Optional.of(new PatientSearch(
                driver.get().candidates(),
                Sql.all(all),
                order.orElse(null),
                controls.count(),
                !"none".equals(controls.only("_total")),
                beside.get()));
    }

    /** Throws what becomes a 400 that names what keeps a search from being answered here. */
    void requireUnderstood(String type, Map<String, String[]> parameters) {
        Driver driver = driver(type, parameters)
                .orElseThrow(() -> new InvalidRequestException(
                        "One patient has to be named, by patient or subject, such as patient=Patient/1"));
        parameters.forEach((name, values) -> {
            if (!name.equals(driver.name())
                    && criteria.of(type, name, List.of(values)).isEmpty()) {
                throw new InvalidRequestException(name + " is not understood here: it may be a search parameter of "
                        + type + " that takes codes, a date or a reference, without a modifier but :not");
            }
        });
    }

    /**
     * The parameter that names the patient.
     *
     * @param name as the request has it
     * @param patient FHIR id
     */
    private record Driver(String name, String patient, List<String> paths) {
        Sql candidates() {
            return Sql.of("""
                            select distinct l.src_resource_id as res_id from fhir.hfj_res_link l
                            where l.target_resource_id =
                                (select res_id from fhir.hfj_resource where res_type = 'Patient' and fhir_id = ?)
                            """, patient).and(" and l.src_path in " + Sql.list(paths));
        }
    }

    private Optional<Driver> driver(String type, Map<String, String[]> parameters) {
        return parameters.entrySet().stream()
                .filter(parameter -> isReference(type, parameter.getKey()) && parameter.getValue().length == 1)
                .flatMap(parameter -> criteria
                        .target(type, parameter.getKey(), parameter.getValue()[0])
                        .filter(target -> target.type().equals(PATIENT))
                        .map(target -> driver(type, parameter.getKey(), target))
                        .stream())
                .filter(driver -> !driver.paths().isEmpty())
                .findFirst();
    }

    private Driver driver(String type, String name, Target target) {
        return new Driver(name, target.id(), criteria.paths(type, name));
    }

    private boolean isReference(String type, String name) {
        RuntimeSearchParam parameter = name.startsWith("_") ? null : criteria.parameter(type, Criteria.bare(name));
        return parameter != null
                && parameter.getParamType() == RestSearchParameterTypeEnum.REFERENCE
                && name.indexOf('.') < 0
                && bindsToPatients(type, parameter.getName());
    }

    /** Other references to patients, such as what a resource is about beside its subject, are conditions only. */
    private boolean bindsToPatients(String type, String name) {
        return name.equals("patient") || reach.binding(type).contains(name);
    }

    /** All other parameters as conditions; empty when one is not understood. */
    private Optional<List<Sql>> asked(String type, Driver driver, Map<String, String[]> parameters) {
        return Sql.each(parameters.entrySet().stream()
                .filter(parameter -> !Controls.isOfSearches(parameter.getKey())
                        && !Companions.areAskedForBy(parameter.getKey())
                        && !parameter.getKey().equals(driver.name()))
                .map(parameter -> criteria.of(type, parameter.getKey(), List.of(parameter.getValue()))));
    }

    private Optional<Order> order(String type, @Nullable String sort) {
        if (sort == null) {
            return Optional.empty();
        }
        boolean isDescending = sort.startsWith("-");
        String name = isDescending ? sort.substring(1) : sort;
        if (name.equals("_lastUpdated")) {
            return Optional.of(new Order(
                    Sql.of("(select u.res_updated from fhir.hfj_resource u where u.res_id = c.res_id)"), isDescending));
        }
        RuntimeSearchParam parameter = name.matches("[a-z-]+") ? criteria.parameter(type, name) : null;
        return parameter == null || parameter.getParamType() != RestSearchParameterTypeEnum.DATE
                ? Optional.empty()
                : Optional.of(new Order(
                        Sql.of(
                                "(select " + (isDescending ? "max" : "min") + "(s.sp_value_low)"
                                        + " from fhir.hfj_spidx_date s where s.res_id = c.res_id and s.hash_identity = ?)",
                                IndexHashes.identity(type, name)),
                        isDescending));
    }

    /** Empty when a scope's condition is not understood here. */
    private Optional<List<Sql>> limits(String type, Limits limits) {
        Optional<Sql> ways = Sql.each(limits.anyOf().stream().map(way -> conditions(type, way)))
                .map(Sql::any);
        Stream<Optional<Sql>> shown = limits.without().stream()
                .map(exclusion -> hidden(type, exclusion).map(Sql::negated));
        return Sql.each(Stream.concat(Stream.of(ways), shown));
    }

    private Optional<Sql> conditions(String type, List<Qualifier> qualifiers) {
        return Sql.each(qualifiers.stream()
                        .map(qualifier -> criteria.of(type, qualifier.parameter(), List.of(qualifier.value()))))
                .map(Sql::all);
    }

    private Optional<Sql> hidden(String type, Exclusion exclusion) {
        List<String> paths = exclusion.parameters().stream()
                .flatMap(name -> criteria.paths(type, name).stream())
                .toList();
        Sql theirs = ReferenceCriterion.linkedToAny(
                paths, exclusion.patients().stream().sorted().toList());
        return conditions(type, exclusion.conditions()).map(condition -> Sql.all(List.of(theirs, condition)));
    }
}
