package org.holovitals.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.holovitals.server.TestIssuer;
import org.holovitals.server.access.Consents.Action;
import org.holovitals.server.access.Consents.Part;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Searches by several ways that each reach something else, over resources with several categories and patients: all
 * pages together are exactly what may be seen, each once, and the totals say so.
 */
final class DistinctSearchesTest extends SaidConsentTest {
    private static final String SYSTEM = "http://terminology.hl7.org/CodeSystem/observation-category";
    private static final List<String> CATEGORIES = List.of("vital-signs", "laboratory", "survey", "exam");

    /** Made once: the tests only read. */
    private static final Map<String, Observation> OBSERVATIONS = new HashMap<>();

    private static List<String> patients = List.of();
    private static List<String> appointments = List.of();

    @BeforeEach
    void fourPatients() {
        if (patients.isEmpty()) {
            patients = List.of(patient(), patient(), patient(), patient());
            List<Resource> made = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                made.add(observation(i));
            }
            for (int i = 0; i < 12; i++) {
                made.add(appointment(i));
            }
            List<String> ids = store(made);
            for (int i = 0; i < 60; i++) {
                OBSERVATIONS.put(ids.get(i), (Observation) made.get(i));
            }
            appointments = ids.subList(60, ids.size());
        }
    }

    /** Of each patient in turn, with a different set of categories, each of them coded twice. */
    private static Observation observation(int i) {
        Observation observation =
                WholeRecord.observation(new Reference("Patient/" + patients.get(i % 4)), CATEGORIES.get(i % 3));
        observation.getCategory().clear();
        for (int c = 0; c < CATEGORIES.size(); c++) {
            if (((i / 4 + 1) >> c) % 2 == 1) {
                CodeableConcept category = new CodeableConcept();
                category.addCoding(new Coding(SYSTEM, CATEGORIES.get(c), null));
                category.addCoding(new Coding("urn:local", CATEGORIES.get(c), null));
                observation.addCategory(category);
            }
        }
        observation.addPerformer(new Reference("Patient/" + patients.get((i + 1) % 4)));
        return observation.setEffective(new DateTimeType("2026-01-%02dT00:00:00Z".formatted(1 + i * 7 % 28)));
    }

    private static Appointment appointment(int i) {
        Appointment appointment = new Appointment().setStatus(Appointment.AppointmentStatus.BOOKED);
        for (int p = 0; p < 4; p++) {
            if (((i + 1) >> p) % 2 == 1) {
                appointment
                        .addParticipant()
                        .setStatus(Appointment.ParticipationStatus.ACCEPTED)
                        .setActor(new Reference("Patient/" + patients.get(p)));
            }
        }
        return appointment;
    }

    private List<String> store(List<Resource> resources) {
        Bundle bundle = new Bundle().setType(BundleType.TRANSACTION);
        resources.forEach(resource -> bundle.addEntry()
                .setResource(resource)
                .getRequest()
                .setMethod(HTTPVerb.POST)
                .setUrl(resource.fhirType()));
        return client().transaction().withBundle(bundle).execute().getEntry().stream()
                .map(entry -> new IdType(entry.getResponse().getLocation()).getIdPart())
                .toList();
    }

    private static boolean isOf(Observation observation, int patient) {
        return observation.getSubject().getReference().equals("Patient/" + patients.get(patient));
    }

    private static boolean has(Observation observation, String... categories) {
        return observation.getCategory().stream().anyMatch(category -> Arrays.asList(categories)
                .contains(category.getCodingFirstRep().getCode()));
    }

    private static Set<String> those(Predicate<Observation> visible) {
        return OBSERVATIONS.entrySet().stream()
                .filter(entry -> visible.test(entry.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static boolean mayBeSeen(Observation observation) {
        boolean isVital = has(observation, "vital-signs");
        return isOf(observation, 0) || (isOf(observation, 1) && isVital) || (isOf(observation, 2) && !isVital);
    }

    /** The first shows all, the second vital signs only, the third all but these, the fourth nothing. */
    private void consent() {
        consents.grant(clinician, patients.get(0), EnumSet.of(Part.ALL_PHI), Action.READ);
        consents.grant(clinician, patients.get(1), EnumSet.of(Part.VITAL_SIGNS), Action.READ);
        consents.grant(clinician, patients.get(2), EnumSet.of(Part.TEST_RESULTS), Action.READ);
    }

    @Test
    void consentsOfDifferentPartsAreFoundExactly() {
        consent();
        assertExact(token(), "", those(DistinctSearchesTest::mayBeSeen));
        assertExact(
                token(),
                "&category=vital-signs,laboratory",
                those(seen -> mayBeSeen(seen) && has(seen, "vital-signs", "laboratory")));
        assertExact(token(), "&category:not=laboratory", those(seen -> mayBeSeen(seen) && !has(seen, "laboratory")));
        assertExact(token(), "&patient=" + String.join(",", patients), those(DistinctSearchesTest::mayBeSeen));
        assertExact(token(), "&patient=" + patients.get(1), those(seen -> mayBeSeen(seen) && isOf(seen, 1)));
    }

    @Test
    void consentsAndScopesWithDifferentQualifiersAreFoundExactly() {
        consent();
        String token = token("user/Observation.rs?category=" + SYSTEM + "|laboratory"
                + " user/Observation.rs?category=" + SYSTEM + "|vital-signs"
                + " user/Observation.s?code=urn:code|c-survey user/Patient.rs");
        assertExact(
                token,
                "",
                those(seen -> mayBeSeen(seen)
                        && (has(seen, "laboratory", "vital-signs")
                                || seen.getCode().getCodingFirstRep().getCode().equals("c-survey"))));
    }

    @Test
    void aDenialIsTakenOutAlsoWhereAnotherPatientShowsTheSame() {
        consents.grant(clinician, patients.get(0), EnumSet.of(Part.ALL_PHI), Action.READ);
        consents.grant(clinician, patients.get(1), EnumSet.of(Part.ALL_PHI), Action.READ);
        consents.deny(clinician, patients.get(1), Part.VITAL_SIGNS);
        assertExact(token(), "", those(seen -> (isOf(seen, 0) || isOf(seen, 1)) && !has(seen, "vital-signs")));
    }

    @Test
    void aPatientsScopesWithDifferentQualifiersAreFoundExactly() {
        String token = TestIssuer.patient(
                patients.get(3),
                "patient/Observation.rs?category=" + SYSTEM + "|survey,http://x|y" + " patient/Observation.rs?category="
                        + SYSTEM + "|exam");
        assertExact(token, "", those(seen -> isOf(seen, 3) && has(seen, "survey", "exam")));
        assertExact(token, "&patient=" + patients.get(3), those(seen -> isOf(seen, 3) && has(seen, "survey", "exam")));
    }

    @Test
    void aServicesScopesWithDifferentQualifiersAreFoundExactly() {
        String token = TestIssuer.token(claims -> claims.claim(
                "scope",
                "system/Observation.rs?category=" + SYSTEM + "|survey system/Observation.rs?category=" + SYSTEM
                        + "|exam"));
        assertExact(token, "&patient=" + String.join(",", patients), those(seen -> has(seen, "survey", "exam")));
    }

    /** Several patients may be in one, by a parameter that can name several. */
    @Test
    void aResourceOfSeveralPatientsIsFoundOnce() {
        for (int p : List.of(0, 1, 3)) {
            consents.grant(clinician, patients.get(p), EnumSet.of(Part.ALL_PHI), Action.READ);
        }
        Set<String> expected = new HashSet<>(appointments);
        // Of the third alone.
        expected.remove(appointments.get(3));
        assertPages(token(), "/Appointment?_count=3", expected);
        assertThat(bundle(token(), "/Appointment?_summary=count").getTotal()).isEqualTo(expected.size());
    }

    private void assertExact(String token, String more, Set<String> expected) {
        assertThat(expected).hasSizeGreaterThan(4);
        String search = "/Observation?_lastUpdated=gt2000" + more;
        assertThat(bundle(token, search + "&_summary=count").getTotal())
                .as(search)
                .isEqualTo(expected.size());
        Bundle first = bundle(token, search + "&_total=accurate&_count=2");
        assertThat(first.getTotal()).as(search).isEqualTo(expected.size());
        assertThat(first.getEntry()).hasSize(2);
        assertPages(token, search + "&_count=4", expected);
        List<String> sorted = assertPages(token, search + "&_count=5&_sort=-date,_id", expected);
        assertThat(sorted)
                .extracting(id -> OBSERVATIONS.get(id))
                .extracting(seen -> seen.getEffectiveDateTimeType().getValue())
                .isSortedAccordingTo(Comparator.reverseOrder());
        Bundle kept = FHIR.newJsonParser()
                .parseResource(
                        Bundle.class,
                        sendAs(
                                        token,
                                        HttpRequest.newBuilder(URI.create(
                                                        (base() + search + "&_count=100").replace("|", "%7C")))
                                                .header("Cache-Control", "no-store"))
                                .body());
        assertThat(ids(kept)).as(search).isEqualTo(expected);
    }

    private List<String> assertPages(String token, String search, Set<String> expected) {
        List<String> seen = new ArrayList<>();
        String path = search;
        while (path != null) {
            Bundle page = bundle(token, path);
            path = next(page);
            List<String> shown = page.getEntry().stream()
                    .map(entry -> entry.getResource().getIdElement().getIdPart())
                    .toList();
            if (path != null) {
                assertThat(shown).as(search).isNotEmpty();
            }
            seen.addAll(shown);
        }
        assertThat(seen).as(search).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(expected);
        return seen;
    }
}
