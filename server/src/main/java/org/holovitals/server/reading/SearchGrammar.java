package org.holovitals.server.reading;

import ca.uhn.fhir.context.RuntimeSearchParam;
import ca.uhn.fhir.rest.api.RestSearchParameterTypeEnum;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.holovitals.server.access.Caller;
import org.holovitals.server.access.RecordReach;
import org.holovitals.server.access.RecordReach.Exclusion;
import org.holovitals.server.access.RecordReach.Limits;
import org.holovitals.server.access.SmartScope.Qualifier;
import org.holovitals.server.fhir.IndexHashes;
import org.holovitals.server.reading.PatientSearch.Order;
import org.holovitals.server.reading.ReferenceCriterion.Target;
import org.jspecify.annotations.Nullable;

/** Which searches are answered here: of one patient's resources, by tokens, dates and references. */
final class SearchGrammar {
    private static final String PATIENT = "Patient";

    /** Served from elsewhere, or by rules of their own. */
    private static final Set<String> OTHERS = Set.of("AuditEvent", "Binary", PATIENT);

    private final Criteria criteria;
    private final RecordReach reach;

    SearchGrammar(Criteria criteria, RecordReach reach) {
        this.criteria = criteria;
        this.reach = reach;
    }

    /** The search, cut down to what the caller may find; empty for what HAPI has to answer. */
    Optional<PatientSearch> read(
            @Nullable String type, Controls controls, Map<String, String[]> parameters, Caller caller) {
        if (type == null || OTHERS.contains(type) || !reach.covers(type) || !controls.isClear()) {
            return Optional.empty();
        }
        Optional<Integer> count = controls.count();
        Optional<Driver> driver = driver(type, parameters);
        if (count.isEmpty() || driver.isEmpty()) {
            return Optional.empty();
        }
        Optional<Order> order = order(type, controls.only("_sort"));
        Optional<List<Sql>> asked = asked(type, driver.get(), parameters);
        Optional<List<Sql>> limits =
                reach.limits(caller, type, driver.get().patient()).flatMap(found -> limits(type, found));
        if (asked.isEmpty() || limits.isEmpty() || (order.isEmpty() && controls.only("_sort") != null)) {
            return Optional.empty();
        }
        List<Sql> all = new ArrayList<>(asked.get());
        all.addAll(limits.get());
        return Optional.of(new PatientSearch(
                driver.get().candidates(),
                Sql.all(all),
                order.orElse(null),
                count.get(),
                !"none".equals(controls.only("_total"))));
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
                    where l.src_path = any (?) and l.target_resource_id =
                        (select res_id from fhir.hfj_resource where res_type = 'Patient' and fhir_id = ?)""", paths.toArray(String[]::new), patient);
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
        List<Sql> conditions = new ArrayList<>();
        for (Map.Entry<String, String[]> parameter : parameters.entrySet()) {
            if (Controls.isOfSearches(parameter.getKey()) || parameter.getKey().equals(driver.name())) {
                continue;
            }
            List<String> values = List.of(parameter.getValue());
            Optional<Sql> condition = values.stream().anyMatch(String::isBlank)
                    ? Optional.empty()
                    : criteria.of(type, parameter.getKey(), values);
            if (condition.isEmpty()) {
                return Optional.empty();
            }
            conditions.add(condition.get());
        }
        return Optional.of(conditions);
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
        List<Sql> ways = new ArrayList<>();
        List<Sql> all = new ArrayList<>();
        for (List<Qualifier> way : limits.anyOf()) {
            Optional<Sql> condition = conditions(type, way);
            if (condition.isEmpty()) {
                return Optional.empty();
            }
            ways.add(condition.get());
        }
        all.add(Sql.any(ways));
        for (Exclusion exclusion : limits.without()) {
            Optional<Sql> hidden = hidden(type, exclusion);
            if (hidden.isEmpty()) {
                return Optional.empty();
            }
            all.add(hidden.get().negated());
        }
        return Optional.of(all);
    }

    private Optional<Sql> conditions(String type, List<Qualifier> qualifiers) {
        List<Sql> all = new ArrayList<>();
        for (Qualifier qualifier : qualifiers) {
            Optional<Sql> condition = criteria.of(type, qualifier.parameter(), qualifier.value());
            if (condition.isEmpty()) {
                return Optional.empty();
            }
            all.add(condition.get());
        }
        return Optional.of(Sql.all(all));
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
