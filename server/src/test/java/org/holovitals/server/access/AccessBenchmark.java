package org.holovitals.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.IInterceptorService;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.RestfulServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.holovitals.migrations.Login;
import org.holovitals.server.Load;
import org.holovitals.server.ServerTest;
import org.holovitals.server.TestIssuer;
import org.holovitals.server.audit.SwitchedWriter;
import org.holovitals.server.fhir.FhirServerInterceptor;
import org.holovitals.server.recording.RecordedResources;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * What a clinician's requests cost with everything that stands between him and a record, and with parts of it taken away.
 * No test: docs/benchmarks/access.sh runs it on a database of its own.
 */
@Import(SwitchedWriter.class)
final class AccessBenchmark extends ServerTest {
    private static final Logger log = LoggerFactory.getLogger(AccessBenchmark.class);
    private static final int ROUNDS = Integer.getInteger("holovitals.benchmark.rounds", 5);
    private static final int CLIENTS = Integer.getInteger("holovitals.benchmark.clients", 16);
    private static final int OBSERVATIONS = 40;
    /** HAPI's code is compiled for a while. */
    private static final int WARM_UP_ROUNDS = 3;

    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicInteger values = new AtomicInteger();
    private final String clinician = UUID.randomUUID().toString();
    private final SaidConsents consents;
    private final IInterceptorService storage;
    private final RestfulServer server;
    private final JdbcClient owner;
    private final List<Object> checks;
    private final List<Object> records;
    private final Names names = new Names();
    private String token = TestIssuer.clinician(clinician, "user/*.cruds");

    @Autowired
    AccessBenchmark(
            ApplicationContext beans,
            SaidConsents consents,
            IInterceptorService storage,
            RestfulServer server,
            Login login) {
        this.consents = consents;
        this.storage = storage;
        this.server = server;
        this.owner = asOwner(login);
        this.checks = Stream.of(
                        RequestGate.class,
                        BundleEntries.class,
                        Narrowing.class,
                        ShownResources.class,
                        WriteRules.class,
                        SecondWall.class)
                .<Object>map(beans::getBean)
                .toList();
        this.records = List.of(beans.getBean(RecordedResources.class));
    }

    @DynamicPropertySource
    static void aDiskThatIsWaitedFor(DynamicPropertyRegistry properties) {
        properties.add("holovitals.database.durable", () -> "true");
        properties.add(
                "holovitals.database.directory", () -> newDirectory("benchmark").toString());
    }

    /** What is taken away. */
    private enum Without {
        NOTHING,
        /** Consents are not asked of the database; one that permits everything is there already. */
        CONSENTS,
        /** The typed tables have no policies. */
        ROW_SECURITY,
        /** Nobody looks at what a caller may do, and no search is narrowed. */
        CHECKS,
        /** No row is written, and nobody says whose resources were shown. */
        AUDIT,
        ALL
    }

    /** Only says who calls. */
    @Interceptor(order = RequestGate.ORDER)
    public static final class Names {
        /** Ties the caller to the request. */
        @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLER_SELECTED)
        public void identify(RequestDetails request) {
            CallerAuthentication.current().ifPresent(caller -> RequestCaller.put(request, caller));
        }
    }

    @Test
    void whatIsKeptOfTheThroughput() throws Exception {
        String patient = created(new Patient());
        List<String> observations = IntStream.range(0, OBSERVATIONS)
                .mapToObj(i -> created(observation(patient)))
                .toList();
        consent(patient);
        compare("read by id", patient, thread -> ask("GET", "/Observation/" + observations.get(thread), ""));
        compare("patient search", patient, thread -> ask("GET", "/Observation?patient=" + patient + "&_count=20", ""));
        compare("write", patient, thread -> write(observations.get(thread), patient));
    }

    private String created(Resource resource) {
        return client().create().resource(resource).execute().getId().getIdPart();
    }

    private static Observation observation(String patient) {
        return new Observation()
                .setStatus(Observation.ObservationStatus.FINAL)
                .setCode(new CodeableConcept().setText("x"))
                .setSubject(new Reference("Patient/" + patient));
    }

    /** The clinician's, of all of the record. */
    private void consent(String patient) throws Exception {
        ask("GET", "/Organization", "");
        UUID user = owner.sql("select id from holovitals.users where subject = ?")
                .param(clinician)
                .query(UUID.class)
                .single();
        owner.sql("""
                        insert into holovitals.consent_grants (id, kind, patient_fhir_id, patient_id, specialist_id, permissions,
                          reason, requested_duration, status, granted_at, expires_at)
                        values (gen_random_uuid(), 'clinician', ?, ?, ?,
                          '[{"resource": "all_phi", "action": "read"}, {"resource": "all_phi", "action": "write"}]',
                          'a benchmark', 24, 'approved', now(), now() + interval '1 day')
                        """).params(patient, user, user).update();
    }

    private void write(String observation, String patient) throws IOException, InterruptedException {
        ask(
                "PUT",
                "/Observation/" + observation,
                "{\"resourceType\":\"Observation\",\"id\":\"" + observation
                        + "\",\"status\":\"final\",\"code\":{\"text\":\"x\"},\"valueInteger\":"
                        + values.incrementAndGet() + ",\"subject\":{\"reference\":\"Patient/" + patient + "\"}}");
    }

    private void ask(String method, String path, String body) throws IOException, InterruptedException {
        HttpResponse<Void> answer = http.send(
                HttpRequest.newBuilder(URI.create(base() + path))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/fhir+json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.discarding());
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    private void compare(String name, String patient, Load.Work work) throws Exception {
        Map<Without, long[]> rates = new EnumMap<>(Without.class);
        for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
            for (Without without : Without.values()) {
                long rate = rate(without, patient, work);
                if (round >= 0) {
                    rates.computeIfAbsent(without, one -> new long[ROUNDS])[round] = rate;
                }
            }
        }
        long bare = Load.median(rates.getOrDefault(Without.ALL, new long[1]));
        rates.forEach((without, each) -> log.info(
                "{}, {} clients, without {}: {}/s, {} of the throughput without all",
                name,
                CLIENTS,
                without.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                Load.median(each),
                String.format(Locale.ROOT, "%.2f", (double) Load.median(each) / bare)));
    }

    private long rate(Without without, String patient, Load.Work work) throws Exception {
        token = TestIssuer.clinician(clinician, "user/*.cruds");
        List<Part> parts = parts().stream()
                .filter(part -> without == part.name() || without == Without.ALL)
                .toList();
        parts.forEach(part -> part.away().accept(patient));
        try {
            return Load.rate(CLIENTS, work);
        } finally {
            parts.forEach(part -> part.back().run());
        }
    }

    /** How a part is taken away, and put back. */
    private record Part(Without name, Consumer<String> away, Runnable back) {}

    private List<Part> parts() {
        return List.of(
                new Part(
                        Without.CONSENTS,
                        patient -> consents.grant(
                                clinician,
                                patient,
                                EnumSet.of(Consents.Part.ALL_PHI),
                                Consents.Action.READ,
                                Consents.Action.WRITE),
                        () -> consents.end(clinician)),
                new Part(Without.ROW_SECURITY, patient -> rowSecurity("disable"), () -> rowSecurity("enable")),
                new Part(
                        Without.CHECKS,
                        patient -> {
                            server.registerInterceptor(names);
                            checks.forEach(this::unregister);
                        },
                        () -> {
                            checks.forEach(this::register);
                            server.unregisterInterceptor(names);
                        }),
                new Part(
                        Without.AUDIT,
                        patient -> {
                            SwitchedWriter.records(false);
                            records.forEach(this::unregister);
                        },
                        () -> {
                            records.forEach(this::register);
                            SwitchedWriter.records(true);
                        }));
    }

    private void rowSecurity(String on) {
        owner.sql("""
                        select c.oid::regclass::text from pg_class c join pg_policy p on p.polrelid = c.oid group by c.oid
                        """).query(String.class).list().forEach(table -> owner.sql(
                        "alter table " + table + " " + on + " row level security")
                .update());
    }

    private void unregister(Object interceptor) {
        if (interceptor instanceof FhirServerInterceptor) {
            server.getInterceptorService().unregisterInterceptor(interceptor);
        } else {
            storage.unregisterInterceptor(interceptor);
        }
    }

    private void register(Object interceptor) {
        if (interceptor instanceof FhirServerInterceptor) {
            server.getInterceptorService().registerInterceptor(interceptor);
        } else {
            storage.registerInterceptor(interceptor);
        }
    }
}
