package org.holovitals.mappings;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ResourceFactory;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/** {@code patient_resources} and every type of the patient compartment without a table of its own. */
final class OtherResources {

    static final Set<String> TYPES = Set.of(
            "Account",
            "AdverseEvent",
            "Appointment",
            "AppointmentResponse",
            "AuditEvent",
            "Basic",
            "BodyStructure",
            "CarePlan",
            "CareTeam",
            "ChargeItem",
            "Claim",
            "ClaimResponse",
            "ClinicalImpression",
            "Communication",
            "CommunicationRequest",
            "Composition",
            "Consent",
            "Coverage",
            "CoverageEligibilityRequest",
            "CoverageEligibilityResponse",
            "DetectedIssue",
            "Device",
            "DeviceRequest",
            "DeviceUseStatement",
            "DiagnosticReport",
            "DocumentManifest",
            "DocumentReference",
            "Encounter",
            "EnrollmentRequest",
            "EpisodeOfCare",
            "ExplanationOfBenefit",
            "Flag",
            "Goal",
            "Group",
            "ImagingStudy",
            "ImmunizationEvaluation",
            "ImmunizationRecommendation",
            "Invoice",
            "List",
            "MeasureReport",
            "Media",
            "MedicationAdministration",
            "MedicationDispense",
            "MolecularSequence",
            "NutritionOrder",
            "Person",
            "Provenance",
            "QuestionnaireResponse",
            "RelatedPerson",
            "RequestGroup",
            "ResearchSubject",
            "RiskAssessment",
            "Schedule",
            "ServiceRequest",
            "Specimen",
            "SupplyDelivery",
            "SupplyRequest",
            "VisionPrescription");
    private static final List<String> PATIENT = List.of("patient", "subject", "beneficiary", "individual", "candidate");
    private static final List<String> DATE =
            List.of("period", "date", "created", "authoredOn", "effective", "performed", "issued", "recorded", "start");

    ResourceRow toRow(Resource resource) {
        @Nullable Code type = code(resource, "type");
        @Nullable Code category = code(resource, "category");
        return new ResourceRow(
                Origins.of(resource, patient(resource)),
                resource.fhirType(),
                type,
                code(resource, "code"),
                category == null ? null : category.code(),
                category == null || category.code() == null ? null : category.system(),
                value(resource, "status") instanceof Type status ? Texts.of(status.primitiveValue()) : null,
                date(resource));
    }

    private static @Nullable Reference patient(Resource resource) {
        return PATIENT.stream()
                .map(name -> value(resource, name))
                .filter(Reference.class::isInstance)
                .map(Reference.class::cast)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable PartialDate date(Resource resource) {
        return DATE.stream()
                .map(name -> value(resource, name) instanceof Type type ? Dates.from(type) : null)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Code code(Resource resource, String name) {
        Base value = value(resource, name);
        if (value instanceof CodeableConcept concept) {
            return Concept.from(concept, Concept.LOINC, Concept.SNOMED).code();
        }
        if (value instanceof Coding coding) {
            return Concept.code(coding);
        }
        @Nullable String code = value instanceof Type type ? Texts.of(type.primitiveValue()) : null;
        return code == null ? null : new Code(null, code, null);
    }

    private static @Nullable Base value(Resource resource, String name) {
        Property property = resource.getChildByName(name);
        return property == null || !property.hasValues()
                ? null
                : property.getValues().get(0);
    }

    Resource toResource(ResourceRow row) {
        Resource resource = ResourceFactory.createResource(row.resourceType());
        Origins.identify(resource, row.origin());
        @Nullable Reference patient = Origins.patient(row.origin());
        if (patient != null) {
            setFirst(resource, PATIENT, "Reference", patient);
        }
        setCode(resource, "type", row.typeCode());
        setCode(resource, "code", row.code());
        setCode(resource, "category", new Code(row.categorySystem(), row.category(), null));
        if (row.status() != null && resource.getChildByName("status") != null) {
            resource.setProperty("status", new CodeType(row.status()));
        }
        setDate(resource, row.date());
        return resource;
    }

    private static void setCode(Resource resource, String name, @Nullable Code code) {
        Property property = resource.getChildByName(name);
        if (property == null
                || code == null
                || (code.code() == null && code.display() == null && code.system() == null)) {
            return;
        }
        if (property.getTypeCode().contains("CodeableConcept")) {
            resource.setProperty(name, new CodeableConcept().addCoding(Concept.coding(code)));
        } else if (property.getTypeCode().contains("Coding")) {
            resource.setProperty(name, Concept.coding(code));
        } else {
            resource.setProperty(name, new CodeType(code.code()));
        }
    }

    private static void setDate(Resource resource, @Nullable PartialDate date) {
        @Nullable Type value = Dates.to(date);
        if (date == null || value == null) {
            return;
        }
        boolean set = setFirst(resource, DATE, value.fhirType(), value);
        if (!set && Dates.CALENDAR.contains(date.precision())) {
            setFirst(resource, DATE, "date", new DateType(date.text()));
        }
    }

    private static boolean setFirst(Resource resource, List<String> names, String type, Type value) {
        for (String name : names) {
            Property property = resource.getChildByName(name);
            if (property != null
                    && List.of(property.getTypeCode().split("[|(]", -1)).contains(type)) {
                resource.setProperty(property.getName(), value);
                return true;
            }
        }
        return false;
    }
}
