package org.holovitals.mappings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.FamilyMemberHistory;
import org.hl7.fhir.r4.model.Immunization;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationStatement;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** The patient tables and FHIR R4, in both directions. */
public final class Mappings {

    private final Patients patients = new Patients();
    private final Diagnoses diagnoses = new Diagnoses();
    private final Medications medications;
    private final Allergies allergies = new Allergies();
    private final VitalSigns vitalSigns = new VitalSigns();
    private final Procedures procedures = new Procedures();
    private final Immunizations immunizations = new Immunizations();
    private final FamilyHistories familyHistories = new FamilyHistories();
    private final Results results = new Results();
    private final OtherResources otherResources = new OtherResources();

    public Mappings(MedicationLookup medications) {
        this.medications = new Medications(medications);
    }

    /** The rows with the elements they cannot hold. */
    public Mapped toRows(Resource resource) {
        List<Row> rows = rows(resource);
        return rows.isEmpty()
                ? new Mapped.Skipped(resource.fhirType() + " has no row: no patient compartment, or no status")
                : new Mapped.Rows(rows, Losses.between(resource, toResource(rows)));
    }

    /** The rows alone; empty for a type outside the patient compartment or without its mandatory status. */
    public List<Row> rows(Resource resource) {
        if (resource instanceof Patient patient) {
            return List.of(patients.toRow(patient));
        } else if (resource instanceof Condition condition) {
            return List.of(diagnoses.toRow(condition));
        } else if (resource instanceof MedicationRequest request) {
            return List.of(medications.toRow(request));
        } else if (resource instanceof MedicationStatement statement) {
            return List.of(medications.toRow(statement));
        } else if (resource instanceof AllergyIntolerance allergy) {
            return List.of(allergies.toRow(allergy));
        } else if (OtherResources.TYPES.contains(resource.fhirType())) {
            return List.of(otherResources.toRow(resource));
        }
        return withStatus(resource);
    }

    private List<Row> withStatus(Resource resource) {
        @Nullable String status = status(resource);
        if (status == null) {
            return List.of();
        } else if (resource instanceof Observation observation) {
            return List.of(observation(observation, status));
        } else if (resource instanceof Procedure procedure) {
            return List.of(procedures.toRow(procedure, status));
        } else if (resource instanceof Immunization immunization) {
            return List.of(immunizations.toRow(immunization, status));
        } else if (resource instanceof FamilyMemberHistory member) {
            return familyHistories.toRows(member, status);
        }
        return List.of();
    }

    private static @Nullable String status(Resource resource) {
        if (resource instanceof Observation observation) {
            return Texts.code(observation.getStatusElement());
        } else if (resource instanceof Procedure procedure) {
            return Texts.code(procedure.getStatusElement());
        } else if (resource instanceof Immunization immunization) {
            return Texts.code(immunization.getStatusElement());
        }
        return resource instanceof FamilyMemberHistory member ? Texts.code(member.getStatusElement()) : null;
    }

    private Row observation(Observation observation, String status) {
        boolean vital = observation.getCategory().stream()
                .flatMap(category -> category.getCoding().stream())
                .anyMatch(Categories::isVitalSign);
        return vital ? vitalSigns.toRow(observation, status) : results.toRow(observation, status);
    }

    /** One resource from all of its rows. */
    public Resource toResource(List<? extends Row> rows) {
        Row row = rows.get(0);
        if (row instanceof PatientRow patient) {
            return patients.toResource(patient);
        } else if (row instanceof DiagnosisRow diagnosis) {
            return diagnoses.toResource(diagnosis);
        } else if (row instanceof MedicationRow medication) {
            return medications.toResource(medication);
        } else if (row instanceof AllergyRow allergy) {
            return allergies.toResource(allergy);
        } else if (row instanceof VitalSignRow vitalSign) {
            return vitalSigns.toResource(vitalSign);
        } else if (row instanceof ProcedureRow procedure) {
            return procedures.toResource(procedure);
        } else if (row instanceof ImmunizationRow immunization) {
            return immunizations.toResource(immunization);
        } else if (row instanceof ResultRow result) {
            return results.toResource(result);
        } else if (row instanceof ResourceRow other) {
            return otherResources.toResource(other);
        }
        return familyHistories.toResource(
                rows.stream().map(FamilyHistoryRow.class::cast).toList());
    }

    /** The names of the tables. */
    public static List<String> tables() {
        return List.copyOf(columnsByTable().keySet());
    }

    /** Each table's clinical columns in order. */
    public static Map<String, List<String>> columnsByTable() {
        Map<String, List<String>> columns = new LinkedHashMap<>();
        for (Row row : blanks()) {
            columns.put(row.table(), List.copyOf(row.columns().keySet()));
        }
        return columns;
    }

    private static List<Row> blanks() {
        List<Row> rows = new ArrayList<>();
        rows.add(new Patients().toRow(new Patient()));
        rows.add(new Diagnoses().toRow(new Condition()));
        rows.add(new Medications(reference -> null).toRow(new MedicationRequest()));
        rows.add(new Allergies().toRow(new AllergyIntolerance()));
        rows.add(new VitalSigns().toRow(new Observation(), ""));
        rows.add(new Procedures().toRow(new Procedure(), ""));
        rows.add(new Immunizations().toRow(new Immunization(), ""));
        rows.addAll(new FamilyHistories().toRows(new FamilyMemberHistory(), ""));
        rows.add(new Results().toRow(new Observation(), ""));
        rows.add(new OtherResources().toRow(new Encounter()));
        return rows;
    }
}
