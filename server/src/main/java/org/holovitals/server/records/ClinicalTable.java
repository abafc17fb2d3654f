package org.holovitals.server.records;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.holovitals.mappings.Mappings;

/** The SQL of one typed table; the columns come from its mapping. */
final class ClinicalTable {
    private static final List<String> ORIGIN =
            List.of("id", "repository_id", "fhir_id", "fhir_version", "res_id", "last_updated", "created_at");

    /** What makes a row unique, where it is not the resource alone. */
    private static final Map<String, String> KEYS = Map.of(
            "patient_medications", "resource_type, fhir_id",
            "patient_family_history", "fhir_id, ordinal",
            "patient_resources", "repository_id, resource_type, fhir_id");

    private final String name;
    private final List<String> columns;
    private final String insert;

    private ClinicalTable(String name, List<String> clinical) {
        this.name = name;
        this.columns = Stream.concat(ORIGIN.stream(), clinical.stream()).toList();
        this.insert = upsert();
    }

    static List<ClinicalTable> all() {
        return Mappings.columnsByTable().entrySet().stream()
                .filter(table -> !table.getKey().equals("patients"))
                .map(table -> new ClinicalTable(table.getKey(), table.getValue()))
                .toList();
    }

    /** The tables that may hold rows of a resource type: an Observation moves when its category changes. */
    static Set<String> of(String resourceType) {
        return switch (resourceType) {
            case "Condition" -> Set.of("patient_diagnoses");
            case "MedicationRequest", "MedicationStatement" -> Set.of("patient_medications");
            case "AllergyIntolerance" -> Set.of("patient_allergies");
            case "Observation" -> Set.of("patient_vital_signs", "patient_results");
            case "Procedure" -> Set.of("patient_procedures");
            case "Immunization" -> Set.of("patient_immunizations");
            case "FamilyMemberHistory" -> Set.of("patient_family_history");
            default -> Set.of("patient_resources");
        };
    }

    String name() {
        return name;
    }

    /** A retried or concurrent write of the same version finds its row there already. */
    private String upsert() {
        String key = KEYS.getOrDefault(name, "fhir_id");
        return """
                insert into holovitals.%s (%s)
                values (%s)
                on conflict (%s) do update set %s
                """.formatted(
                        name,
                        String.join(", ", columns),
                        columns.stream().map(column -> "?").collect(Collectors.joining(", ")),
                        key,
                        columns.stream()
                                .filter(column -> !column.equals("id") && !column.equals("created_at"))
                                .map(column -> column + " = excluded." + column)
                                .collect(Collectors.joining(", ")));
    }

    String insert() {
        return insert;
    }

    List<String> columns() {
        return columns;
    }
}
