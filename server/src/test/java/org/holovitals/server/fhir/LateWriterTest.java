package org.holovitals.server.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.IInterceptorService;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Patient;
import org.holovitals.server.ServerTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

final class LateWriterTest extends ServerTest {
    private final IInterceptorService interceptors;

    @Autowired
    LateWriterTest(IInterceptorService interceptors) {
        this.interceptors = interceptors;
    }

    @Test
    void aWriterThatLookedBeforeTheFirstAndWritesAfterTheSecondMakesNoOther() throws Exception {
        String condition = "Patient?identifier=urn:late|" + UUID.randomUUID();
        Pause pause = new Pause();
        interceptors.registerInterceptor(pause);
        try {
            CompletableFuture<IIdType> late = CompletableFuture.supplyAsync(() -> create("Late", condition));
            assertThat(pause.reached.await(30, TimeUnit.SECONDS)).isTrue();
            IIdType first = create("First", condition);
            client().update()
                    .resource(patient("First", condition).setGender(AdministrativeGender.FEMALE))
                    .conditionalByUrl(condition)
                    .execute();
            pause.over.countDown();

            assertThat(late.get(30, TimeUnit.SECONDS).getIdPart()).isEqualTo(first.getIdPart());
        } finally {
            interceptors.unregisterInterceptor(pause);
        }
        assertThat(client().search()
                        .byUrl(condition)
                        .returnBundle(Bundle.class)
                        .execute()
                        .getEntry())
                .hasSize(1);
    }

    private IIdType create(String name, String condition) {
        return client().create()
                .resource(patient(name, condition))
                .conditionalByUrl(condition)
                .execute()
                .getId();
    }

    private static Patient patient(String name, String condition) {
        Patient patient = new Patient();
        patient.addName().setFamily(name);
        patient.addIdentifier().setSystem("urn:late").setValue(condition.substring(condition.indexOf('|') + 1));
        return patient;
    }

    /** Holds the late writer, once, after it has looked and before it writes. */
    @Interceptor
    public static final class Pause {
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch over = new CountDownLatch(1);

        @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_CREATED)
        public void hold(IBaseResource resource) throws InterruptedException {
            if (resource instanceof Patient patient
                    && patient.getNameFirstRep().getFamily().equals("Late")) {
                reached.countDown();
                assertThat(over.await(30, TimeUnit.SECONDS)).isTrue();
            }
        }
    }
}
