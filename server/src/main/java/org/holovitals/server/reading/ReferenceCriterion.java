package org.holovitals.server.reading;

import ca.uhn.fhir.context.RuntimeSearchParam;
import ca.uhn.fhir.rest.param.ReferenceParam;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A literal reference to a resource of this server, of a known type. */
final class ReferenceCriterion {
    private ReferenceCriterion() {}

    /** The target as {@code Type/id}; empty for what only HAPI understands. */
    static Optional<Target> target(RuntimeSearchParam parameter, ReferenceParam value) {
        String modifier = value.getQueryParameterQualifier();
        boolean isPlain = modifier == null || modifier.isEmpty() || modifier.equals(":" + value.getResourceType());
        if (!isPlain || value.getMissing() != null || value.getChain() != null || value.getBaseUrl() != null) {
            return Optional.empty();
        }
        String type = value.getResourceType() == null ? onlyTarget(parameter) : value.getResourceType();
        String id = value.getIdPart();
        return type == null || id == null || !parameter.getTargets().contains(type)
                ? Optional.empty()
                : Optional.of(new Target(type, id));
    }

    /** Of {@code patient} it is a Patient, whatever else the parameter's definition leads to; null when there are several. */
    private static @Nullable String onlyTarget(RuntimeSearchParam parameter) {
        if (parameter.getName().equals("patient")) {
            return "Patient";
        }
        return parameter.getTargets().size() == 1
                ? parameter.getTargets().iterator().next()
                : null;
    }

    /** What is referred to. */
    record Target(String type, String id) {}

    /** A link by one of the parameter's paths. */
    static Sql linked(List<String> paths, Target target) {
        return Sql.of("""
                select from fhir.hfj_res_link k
                where k.src_resource_id = c.res_id and k.src_path = any (?)
                  and k.target_resource_id = (select res_id from fhir.hfj_resource where res_type = ? and fhir_id = ?)""", paths.toArray(String[]::new), target.type(), target.id())
                .exists();
    }

    /** A link by one of some paths to one of some patients. */
    static Sql linkedToAny(List<String> paths, List<String> patients) {
        return Sql.of("""
                select from fhir.hfj_res_link k
                where k.src_resource_id = c.res_id and k.src_path = any (?)
                  and k.target_resource_id = any (array(
                    select res_id from fhir.hfj_resource where res_type = 'Patient' and fhir_id = any (?)))""", paths.toArray(String[]::new), patients.toArray(String[]::new))
                .exists();
    }
}
