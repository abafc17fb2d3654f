package org.holovitals.server.reading;

import ca.uhn.fhir.context.RuntimeSearchParam;
import ca.uhn.fhir.rest.api.RestSearchParameterTypeEnum;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.holovitals.server.access.RecordReach;
import org.jspecify.annotations.Nullable;

/**
 * What comes with the resources of a page {@code p}: what they refer to, and what refers to them
 * (http://hl7.org/fhir/R4/search.html#include).
 */
final class Companions {
    private static final String INCLUDE = "_include";
    private static final String REVINCLUDE = "_revinclude";
    private static final Set<String> NAMES = Set.of(INCLUDE, REVINCLUDE);

    private final Criteria criteria;
    private final RecordReach reach;

    Companions(Criteria criteria, RecordReach reach) {
        this.criteria = criteria;
        this.reach = reach;
    }

    static boolean areAskedForBy(String name) {
        return NAMES.contains(name);
    }

    /** Each selects {@code res_id}; empty when HAPI has to answer. */
    Optional<List<Sql>> of(String type, Map<String, String[]> parameters) {
        return Sql.each(Stream.concat(
                values(parameters, INCLUDE).map(value -> included(type, value)),
                values(parameters, REVINCLUDE).map(value -> referring(type, value))));
    }

    private static Stream<String> values(Map<String, String[]> parameters, String name) {
        return Arrays.stream(parameters.getOrDefault(name, new String[0])).distinct();
    }

    /** A value as it is given, {@code Type:parameter:Target}. */
    private record Asked(
            String source, List<String> paths, @Nullable String target) {}

    private Optional<Sql> included(String type, String value) {
        return asked(value).filter(asked -> asked.source().equals(type)).map(asked -> Sql.of(
                        """
                        select l.target_resource_id as res_id from page p
                        join fhir.hfj_res_link l on l.src_resource_id = p.res_id
                        where l.target_resource_id is not null and l.src_path = any (?)""", (Object) asked.paths().toArray(String[]::new))
                .and(asked.target() == null ? Sql.of("") : Sql.of(" and l.target_resource_type = ?", asked.target())));
    }

    private Optional<Sql> referring(String type, String value) {
        return asked(value)
                .filter(asked -> asked.target() == null || asked.target().equals(type))
                .map(asked -> Sql.of("""
                        select l.src_resource_id as res_id from page p
                        join fhir.hfj_res_link l on l.target_resource_id = p.res_id
                        where l.src_path = any (?)""", (Object) asked.paths().toArray(String[]::new)));
    }

    private Optional<Asked> asked(String value) {
        String[] parts = value.split(":", -1);
        if (parts.length < 2 || parts.length > 3 || !Reads.isOfStorage(parts[0]) || !reach.covers(parts[0])) {
            return Optional.empty();
        }
        RuntimeSearchParam parameter = criteria.parameter(parts[0], parts[1]);
        boolean isReference = parameter != null && parameter.getParamType() == RestSearchParameterTypeEnum.REFERENCE;
        List<String> paths = isReference ? criteria.paths(parts[0], parts[1]) : List.of();
        return paths.isEmpty()
                ? Optional.empty()
                : Optional.of(new Asked(parts[0], paths, parts.length == 3 ? parts[2] : null));
    }
}
