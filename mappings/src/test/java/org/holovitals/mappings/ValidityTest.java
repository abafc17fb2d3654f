package org.holovitals.mappings;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.validation.SingleValidationMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;

/** What is made of rows passes HL7's validator. */
final class ValidityTest {
    private static final int EACH = 3;
    private static final String US_CORE = "http://hl7.org/fhir/us/core/StructureDefinition/";

    /** Mandatory elements that {@code patient_resources} has no column for are left out, never invented. */
    private static final Pattern ABSENCE =
            Pattern.compile("Validation_VAL_Profile_Minimum|.*#(app-2|app-3|ppc-1|msq-3)");
    /** The generator knows neither real codes nor which of its values exclude each other. */
    private static final Pattern GENERATED =
            Pattern.compile("Terminology_PassThrough_TX_Message|.*#(con-4|per-1|obs-7)");

    /** The profiles whose mandatory elements the rows hold. */
    private static final Set<String> PROFILES = Set.of(
            "us-core-allergyintolerance",
            "us-core-blood-pressure",
            "us-core-bmi",
            "us-core-body-height",
            "us-core-body-weight",
            "us-core-condition-encounter-diagnosis",
            "us-core-encounter",
            "us-core-head-circumference",
            "us-core-heart-rate",
            "us-core-immunization",
            "us-core-implantable-device",
            "us-core-medicationrequest",
            "us-core-observation-lab",
            "us-core-procedure",
            "us-core-respiratory-rate",
            "us-core-smokingstatus");

    private final Mappings mappings = new Mappings(reference -> null);

    @Test
    void generatedRowsOfTheClinicalTablesMakeValidResources() {
        var validator = Validator.ofR4();
        var make = RowMaker.complete(new Random(7));
        for (int i = 0; i < EACH * 2; i++) {
            clinicalRows(make)
                    .filter(rows -> !isSampled(rows.get(0)))
                    .map(mappings::toResource)
                    .forEach(resource ->
                            assertThat(errors(validator, resource, GENERATED)).isEmpty());
        }
    }

    /** A row keeps samples, but not the period and dimensions that FHIR demands with them. */
    private static boolean isSampled(Row row) {
        return row instanceof ResultRow result
                && result.value() != null
                && result.value().type() == ValueType.SAMPLED_DATA;
    }

    private static Stream<List<? extends Row>> clinicalRows(RowMaker make) {
        return Stream.of(
                List.of(make.diagnosis()),
                List.of(make.request()),
                List.of(make.statement()),
                List.of(make.allergy()),
                List.of(make.vitalSign()),
                List.of(make.result()),
                List.of(make.procedure()),
                List.of(make.immunization()),
                List.of(make.patient()),
                make.familyHistory());
    }

    @Test
    void theRowsOfTheExamplesMakeValidResources() {
        var validator = Validator.ofR4();
        Map<String, Integer> seen = new HashMap<>();
        for (var example : Examples.handled("json/spec")) {
            var rows = mappings.rows(example.resource());
            var row = rows.get(0);
            boolean other = row instanceof ResourceRow;
            boolean whole = other || row.origin().patientId() != null;
            if (whole && seen.merge(example.resource().fhirType(), 1, Integer::sum) <= EACH) {
                var errors = validator.errors(mappings.toResource(rows));
                assertThat(errors.filter(error -> !other || !is(error, ABSENCE)))
                        .as(example.file())
                        .isEmpty();
            }
        }
        assertThat(seen).hasSizeGreaterThan(50);
    }

    @Test
    void rowsThatHoldWhatUsCoreDemandsMakeResourcesOfItsProfiles() {
        var validator = Validator.of(Shared.file("data/hl7.fhir.us.core-6.1.0.tgz"));
        Map<String, Integer> seen = new HashMap<>();
        List<String> errors = new ArrayList<>();
        Predicate<String> wanted =
                profile -> PROFILES.contains(profile) && seen.merge(profile, 1, Integer::sum) <= EACH;
        for (var patient : Synthea.patients()) {
            for (Resource resource : patient) {
                for (CanonicalType profile : resource.getMeta().getProfile()) {
                    String name = profile.getValue().replace(US_CORE, "");
                    if (wanted.test(name)) {
                        var remade = mappings.toResource(mappings.rows(resource));
                        validator.errors(remade, US_CORE + name).forEach(error -> errors.add(name + ": " + error));
                    }
                }
            }
        }
        assertThat(errors).isEmpty();
        assertThat(seen.keySet()).isEqualTo(PROFILES);
    }

    private static List<SingleValidationMessage> errors(Validator validator, Resource resource, Pattern ignored) {
        return validator.errors(resource).filter(error -> !is(error, ignored)).toList();
    }

    private static boolean is(SingleValidationMessage error, Pattern ids) {
        return ids.matcher(String.valueOf(error.getMessageId())).matches();
    }
}
