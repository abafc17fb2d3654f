package org.holovitals.mappings;

import static java.util.function.Function.identity;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The types of the patient compartment (http://hl7.org/fhir/R4/compartmentdefinition-patient.html) that have no table of
 * their own, with the elements that the columns of {@code patient_resources} hold, and Device, which names its patient.
 * A dash is for what a type has not. A dot leads into the first of a backbone element.
 */
final class Compartment {
    /** The elements of one type. */
    record Shape(
            String resourceType,
            @Nullable String patient,
            @Nullable String type,
            @Nullable String code,
            @Nullable String category,
            @Nullable String status,
            @Nullable String date) {}

    private static final Map<String, Shape> SHAPES = shapes("""
            resource                    patient      type            code           category        status            date
            Account                     subject      type            -              -               status            servicePeriod
            AdverseEvent                subject      -               event          category        actuality         date
            Appointment                 -            appointmentType serviceType    serviceCategory status            start
            AppointmentResponse         actor        participantType -              -               participantStatus start
            AuditEvent                  -            type            subtype        action          outcome           recorded
            Basic                       subject      -               code           -               -                 created
            BodyStructure               patient      -               location       morphology      -                 -
            CarePlan                    subject      -               -              category        status            period
            CareTeam                    subject      -               -              category        status            period
            ChargeItem                  subject      -               code           -               status            occurrence[x]
            Claim                       patient      type            subType        use             status            created
            ClaimResponse               patient      type            subType        use             status            created
            ClinicalImpression          subject      -               code           -               status            effective[x]
            Communication               subject      -               topic          category        status            sent
            CommunicationRequest        subject      -               -              category        status            authoredOn
            Composition                 subject      type            -              category        status            date
            Consent                     patient      scope           -              category        status            dateTime
            Coverage                    beneficiary  type            relationship   -               status            period
            CoverageEligibilityRequest  patient      -               -              purpose         status            created
            CoverageEligibilityResponse patient      -               -              purpose         status            created
            DetectedIssue               patient      -               code           severity        status            identified[x]
            Device                      patient      type            -              -               status            manufactureDate
            DeviceRequest               subject      -               code[x]        intent          status            authoredOn
            DeviceUseStatement          subject      -               -              -               status            timing[x]
            DiagnosticReport            subject      -               code           category        status            effective[x]
            DocumentManifest            subject      type            -              -               status            created
            DocumentReference           subject      type            -              category        status            date
            Encounter                   subject      type            serviceType    class           status            period
            EnrollmentRequest           candidate    -               -              -               status            created
            EpisodeOfCare               patient      type            -              -               status            period
            ExplanationOfBenefit        patient      type            subType        use             status            created
            Flag                        subject      -               code           category        status            period
            Goal                        subject      -               description    category        lifecycleStatus   start[x]
            Group                       -            -               code           type            -                 -
            ImagingStudy                subject      -               procedureCode  modality        status            started
            ImmunizationEvaluation      patient      -               targetDisease  -               status            date
            ImmunizationRecommendation  patient      -               -              -               -                 date
            Invoice                     subject      type            -              -               status            date
            List                        subject      -               code           mode            status            date
            MeasureReport               subject      -               -              type            status            period
            Media                       subject      type            modality       -               status            created[x]
            MedicationAdministration    subject      -               medication[x]  category        status            effective[x]
            MedicationDispense          subject      type            medication[x]  category        status            whenHandedOver
            MolecularSequence           patient      -               -              type            -                 -
            NutritionOrder              patient      -               -              intent          status            dateTime
            Person                      -            -               -              -               -                 -
            Provenance                  target       -               activity       -               -                 recorded
            QuestionnaireResponse       subject      -               -              -               status            authored
            RelatedPerson               patient      -               relationship   -               -                 period
            RequestGroup                subject      -               code           intent          status            authoredOn
            ResearchSubject             individual   -               -              -               status            period
            RiskAssessment              subject      method          code           -               status            occurrence[x]
            Schedule                    actor        serviceType     specialty      serviceCategory -                 planningHorizon
            ServiceRequest              subject      -               code           category        status            authoredOn
            Specimen                    subject      type            -              -               status            collection.collected[x]
            SupplyDelivery              patient      type            -              -               status            occurrence[x]
            SupplyRequest               deliverTo    -               item[x]        category        status            authoredOn
            VisionPrescription          patient      -               -              -               status            dateWritten
            """);

    private Compartment() {}

    static @Nullable Shape shape(String resourceType) {
        return SHAPES.get(resourceType);
    }

    static boolean has(String resourceType) {
        return SHAPES.containsKey(resourceType);
    }

    private static Map<String, Shape> shapes(String table) {
        return table.lines()
                .skip(1)
                .map(line -> line.split(" +"))
                .map(Compartment::shape)
                .collect(Collectors.toUnmodifiableMap(Shape::resourceType, identity()));
    }

    private static Shape shape(String[] cells) {
        return new Shape(
                cells[0],
                element(cells[1]),
                element(cells[2]),
                element(cells[3]),
                element(cells[4]),
                element(cells[5]),
                element(cells[6]));
    }

    private static @Nullable String element(String cell) {
        return cell.equals("-") ? null : cell;
    }

    static Stream<String> types() {
        return SHAPES.keySet().stream();
    }
}
