package org.holovitals.mappings;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.Basic;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.FamilyMemberHistory;
import org.hl7.fhir.r4.model.Immunization;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationStatement;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Resource;

/** FHIR resources into rows of the typed tables, and rows into resources. Safe for any number of threads. */
public final class Mappings {
    private static final Set<String> OWN_TABLE = Set.of(
            "Patient",
            "Condition",
            "MedicationRequest",
            "MedicationStatement",
            "AllergyIntolerance",
            "Observation",
            "Procedure",
            "Immunization",
            "FamilyMemberHistory");
    private static final Map<String, List<String>> COLUMNS = readColumns();

    private final MedicationLookup medications;

    public Mappings(MedicationLookup medications) {
        this.medications = medications;
    }

    /** Whether resources of the type have rows: those of the patient compartment, and Device. */
    public static boolean handles(String resourceType) {
        return OWN_TABLE.contains(resourceType) || Compartment.has(resourceType);
    }

    /** The rows of a resource and what of it they cannot hold. The comparison costs more than the rows: see {@link #rows}. */
    public Mapped toRows(Resource resource) {
        if (!handles(resource.fhirType())) {
            return new Mapped.Skipped(resource.fhirType() + " is no part of a patient's record");
        }
        var rows = rows(resource);
        return new Mapped.Rows(rows, Losses.between(resource, toResource(rows)));
    }

    /** The rows alone; none for a type that {@link #handles} refuses. Several only for a FamilyMemberHistory. */
    public List<Row> rows(Resource resource) {
        return switch (resource.fhirType()) {
            case "Patient" -> List.of(Patients.row((Patient) resource));
            case "Condition" -> List.of(Diagnoses.row((Condition) resource));
            case "MedicationRequest" -> List.of(Medications.row((MedicationRequest) resource, medications));
            case "MedicationStatement" -> List.of(Medications.row((MedicationStatement) resource, medications));
            case "AllergyIntolerance" -> List.of(Allergies.row((AllergyIntolerance) resource));
            case "Observation" -> List.of(observation((Observation) resource));
            case "Procedure" -> List.of(Procedures.row((Procedure) resource));
            case "Immunization" -> List.of(Immunizations.row((Immunization) resource));
            case "FamilyMemberHistory" -> List.copyOf(FamilyHistory.rows((FamilyMemberHistory) resource));
            default -> other(resource);
        };
    }

    private static Row observation(Observation observation) {
        return VitalSigns.isOne(observation) ? VitalSigns.row(observation) : Results.row(observation);
    }

    private static List<Row> other(Resource resource) {
        var shape = Compartment.shape(resource.fhirType());
        return shape == null ? List.of() : List.of(OtherResources.row(resource, shape));
    }

    /**
     * The resource of these rows, with what they hold and nothing else.
     *
     * @param rows all rows of one resource
     * @throws IllegalArgumentException when there is no row, or when only a FamilyMemberHistory could have that many
     */
    public Resource toResource(List<? extends Row> rows) {
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("A resource is made of at least one row");
        }
        if (rows.get(0) instanceof FamilyHistoryRow) {
            return FamilyHistory.resource(
                    rows.stream().map(FamilyHistoryRow.class::cast).toList());
        }
        if (rows.size() > 1) {
            throw new IllegalArgumentException("Only a FamilyMemberHistory has several rows");
        }
        return toResource(rows.get(0));
    }

    private static Resource toResource(Row row) {
        if (row instanceof PatientRow patient) {
            return Patients.resource(patient);
        } else if (row instanceof DiagnosisRow diagnosis) {
            return Diagnoses.resource(diagnosis);
        } else if (row instanceof MedicationRow medication) {
            return Medications.resource(medication);
        } else if (row instanceof AllergyRow allergy) {
            return Allergies.resource(allergy);
        } else if (row instanceof VitalSignRow vitalSign) {
            return VitalSigns.resource(vitalSign);
        } else if (row instanceof ResultRow result) {
            return Results.resource(result);
        } else if (row instanceof ProcedureRow procedure) {
            return Procedures.resource(procedure);
        } else if (row instanceof ImmunizationRow immunization) {
            return Immunizations.resource(immunization);
        } else if (row instanceof ResourceRow other) {
            return OtherResources.resource(other);
        }
        throw new IllegalArgumentException("No resource is made of a single row of " + row.table());
    }

    /** The names of the tables. */
    public static List<String> tables() {
        return List.copyOf(COLUMNS.keySet());
    }

    /** The clinical columns of each table, in their order. */
    public static Map<String, List<String>> columnsByTable() {
        return COLUMNS;
    }

    /** A row always has all columns, so that of an empty resource names them. */
    private static Map<String, List<String>> readColumns() {
        var mappings = new Mappings(reference -> null);
        var vitalSign = VitalSigns.row(new Observation());
        Map<String, List<String>> columns = new LinkedHashMap<>();
        Stream.concat(
                        Stream.of(
                                        new Patient(),
                                        new Condition(),
                                        new MedicationRequest(),
                                        new AllergyIntolerance(),
                                        new Procedure(),
                                        new Immunization(),
                                        new FamilyMemberHistory(),
                                        new Observation(),
                                        new Basic())
                                .flatMap(resource -> mappings.rows(resource).stream()),
                        Stream.of(vitalSign))
                .forEach(row ->
                        columns.put(row.table(), List.copyOf(row.columns().keySet())));
        return Collections.unmodifiableMap(columns);
    }
}
