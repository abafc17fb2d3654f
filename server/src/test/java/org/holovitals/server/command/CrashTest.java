package org.holovitals.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.holovitals.migrations.Login;
import org.holovitals.server.TestIssuer;
import org.holovitals.server.database.EmbeddedDatabase;
import org.holovitals.server.database.RunningDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Power fails while four clients post bundles of a patient with twenty conditions. */
final class CrashTest {
    private static final int CONDITIONS = 20;
    private static final int CLIENTS = 4;
    private static final int ACKNOWLEDGED = 24;

    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();

    @Test
    void everyAcknowledgedBundleIsWholeAndNoneIsHalf(@TempDir Path directory) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try (ServerProcess server = ServerProcess.start(directory)) {
            for (int i = 0; i < CLIENTS; i++) {
                clients.execute(() -> postUntilItFails(server.client()));
            }
            Awaitility.await().atMost(3, TimeUnit.MINUTES).until(() -> acknowledged.size() >= ACKNOWLEDGED);
            server.kill();
        } finally {
            clients.shutdown();
            assertThat(clients.awaitTermination(2, TimeUnit.MINUTES)).isTrue();
        }

        try (ServerProcess restarted = ServerProcess.start(directory)) {
            Login login = EmbeddedDatabase.join(directory).orElseThrow();
            Map<String, Integer> resources = conditionsByPatient(login, RESOURCES);
            assertThat(resources.keySet()).containsAll(acknowledged);
            assertThat(resources.values()).containsOnly(CONDITIONS);
            assertThat(conditionsByPatient(login, ROWS)).isEqualTo(resources);
            assertThat(RunningDatabase.text(directory, AUDITED)).isEqualTo(String.valueOf(resources.size()));
            restarted.client().transaction().withBundle(bundle("after")).execute();
            goesOnWhenPostgresqlIsRestarted(restarted, directory);
            assertThat(restarted.stop()).isEqualTo(143);
        }
    }

    /** Who asks meanwhile is answered when it is back, or told that it is not; never without a row. */
    private static void goesOnWhenPostgresqlIsRestarted(ServerProcess server, Path directory) throws Exception {
        List<CompletableFuture<Integer>> asked = new ArrayList<>();
        RunningDatabase.restart(
                directory, () -> asked.add(CompletableFuture.supplyAsync(() -> search(server, "meanwhile"))));
        int status = asked.get(0).get(1, TimeUnit.MINUTES);
        assertThat(status).isIn(200, 503);
        Awaitility.await().atMost(1, TimeUnit.MINUTES).until(() -> search(server, "afterwards") == 200);
        assertThat(recorded(directory, "meanwhile") > 0).isEqualTo(status == 200);
        assertThat(recorded(directory, "afterwards")).isPositive();
    }

    private static int search(ServerProcess server, String id) {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(server.base() + "/Organization"))
                                    .header("Authorization", "Bearer " + TestIssuer.system())
                                    .header("X-Request-ID", id)
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static int recorded(Path directory, String id) throws SQLException {
        return Integer.parseInt(RunningDatabase.text(
                directory,
                "select count(*) from holovitals.audit_logs where details->>'status' = '200' and details->>'request' = '"
                        + id + "'"));
    }

    private void postUntilItFails(IGenericClient client) {
        try {
            while (true) {
                String family = "Crash" + UUID.randomUUID();
                client.transaction().withBundle(bundle(family)).execute();
                acknowledged.add(family);
            }
        } catch (BaseServerResponseException e) {
            // The server is gone, or its database was a moment earlier.
        }
    }

    private static Bundle bundle(String family) {
        Bundle bundle = new Bundle().setType(BundleType.TRANSACTION);
        String patient = "urn:uuid:" + UUID.randomUUID();
        add(bundle, new Patient().addName(new org.hl7.fhir.r4.model.HumanName().setFamily(family)))
                .setFullUrl(patient);
        for (int i = 0; i < CONDITIONS; i++) {
            add(
                    bundle,
                    new Condition()
                            .setSubject(new Reference(patient))
                            .setCode(new CodeableConcept().setText("Condition " + i)));
        }
        return bundle;
    }

    private static Bundle.BundleEntryComponent add(Bundle bundle, Resource resource) {
        Bundle.BundleEntryComponent entry = bundle.addEntry().setResource(resource);
        entry.getRequest().setMethod(HTTPVerb.POST).setUrl(resource.fhirType());
        return entry;
    }

    private static final String RESOURCES = """
            select n.sp_value_exact, count(l.pid) from fhir.hfj_resource p
            join fhir.hfj_spidx_string n on n.res_id = p.res_id and n.sp_name = 'family'
            left join fhir.hfj_res_link l on l.target_resource_id = p.res_id and l.src_path = 'Condition.subject.where(resolve() is Patient)'
            where p.res_type = 'Patient' group by 1
            """;

    private static final String ROWS = """
            select p.last_name, count(d.id) from holovitals.patients p
            join holovitals.patient_repositories r on r.patient_id = p.id
            left join holovitals.patient_diagnoses d on d.repository_id = r.id
            group by 1
            """;

    /** The audit row of a write is in the write's own transaction, so there is one for each bundle and no other. */
    private static final String AUDITED =
            "select count(*) from holovitals.audit_logs where action = 'transaction' and outcome = 'success'";

    private static Map<String, Integer> conditionsByPatient(Login login, String sql) throws SQLException {
        Map<String, Integer> counts = new TreeMap<>();
        try (Connection connection = DriverManager.getConnection(login.url(), login.user(), login.password());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                counts.put(rows.getString(1), rows.getInt(2));
            }
        }
        return counts;
    }
}
