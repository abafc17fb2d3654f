package org.holovitals.server.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.holovitals.migrations.Login;
import org.holovitals.server.ServerTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

final class ConcurrentWritesTest extends ServerTest {
    private static final String SYSTEM = "urn:concurrent";

    private final JdbcClient jdbc;

    @Autowired
    ConcurrentWritesTest(Login login) {
        this.jdbc = asOwner(login);
    }

    @Test
    void fiftyThreadsAndOneConditionalCreateMakeOneResource() throws Exception {
        Patient patient = new Patient();
        patient.addIdentifier().setSystem(SYSTEM).setValue(UUID.randomUUID().toString());
        String condition = identifier(patient.getIdentifierFirstRep().getValue());

        List<String> ids = atOnce(50, () -> client().create()
                .resource(patient.copy())
                .conditionalByUrl("Patient?" + condition)
                .execute()
                .getId()
                .getIdPart());

        assertThat(new HashSet<>(ids)).hasSize(1);
        assertThat(count("Patient", condition)).isEqualTo(1);
    }

    @Test
    void theSameBundlePostedByManyAtOnceAndAgainMakesOneSetOfResources() throws Exception {
        String key = UUID.randomUUID().toString();

        List<List<String>> locations = new ArrayList<>(atOnce(8, () -> post(bundle(key))));
        locations.add(post(bundle(key)));
        locations.add(post(bundle(key)));

        assertThat(new HashSet<>(locations)).hasSize(1);
        for (String type : List.of("Organization", "Patient", "Condition")) {
            assertThat(count(type, identifier(key))).as(type).isEqualTo(1);
        }
        assertThat(jdbc.sql("select count(*) from holovitals.patient_diagnoses where code = :key")
                        .param("key", key)
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    /** As EHRs send them: an organization that may be there, a patient under a condition, a condition that refers to it. */
    private static Bundle bundle(String key) {
        Bundle bundle = new Bundle().setType(BundleType.TRANSACTION);
        Organization organization = new Organization().setName("Clinic");
        organization.addIdentifier().setSystem(SYSTEM).setValue(key);
        add(bundle, organization, HTTPVerb.POST, "Organization").getRequest().setIfNoneExist(identifier(key));
        Patient patient = new Patient().setManagingOrganization(new Reference("urn:uuid:" + uuid(0)));
        patient.addIdentifier().setSystem(SYSTEM).setValue(key);
        add(bundle, patient, HTTPVerb.PUT, "Patient?" + identifier(key));
        Condition condition = new Condition().setSubject(new Reference("urn:uuid:" + uuid(1)));
        condition.addIdentifier().setSystem(SYSTEM).setValue(key);
        condition.setCode(new CodeableConcept().setText("Gout"));
        condition.getCode().addCoding().setSystem("urn:keys").setCode(key);
        add(bundle, condition, HTTPVerb.POST, "Condition").getRequest().setIfNoneExist(identifier(key));
        return bundle;
    }

    private static BundleEntryComponent add(Bundle bundle, Resource resource, HTTPVerb method, String url) {
        String fullUrl = "urn:uuid:" + uuid(bundle.getEntry().size());
        BundleEntryComponent entry = bundle.addEntry().setFullUrl(fullUrl).setResource(resource);
        entry.getRequest().setMethod(method).setUrl(url);
        return entry;
    }

    private static UUID uuid(int entry) {
        return new UUID(0x4000L, 0x8000_0000_0000_0000L | entry);
    }

    private List<String> post(Bundle bundle) {
        return client().transaction().withBundle(bundle).execute().getEntry().stream()
                .map(entry -> new IdType(entry.getResponse().getLocation())
                        .toUnqualifiedVersionless()
                        .getValue())
                .toList();
    }

    private int count(String type, String query) {
        return client().search()
                .byUrl(type + "?" + query)
                .returnBundle(Bundle.class)
                .execute()
                .getEntry()
                .size();
    }

    private static String identifier(String value) {
        return "identifier=" + SYSTEM + "|" + value;
    }

    /** What each of so many threads got that began in the same moment; the first failure is thrown. */
    private static <T> List<T> atOnce(int threads, Callable<T> task) throws Exception {
        CyclicBarrier start = new CyclicBarrier(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<T>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(pool.submit(() -> {
                    start.await();
                    return task.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> one : running) {
                results.add(one.get());
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }
}
