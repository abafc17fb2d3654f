package org.holovitals.server.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.holovitals.migrations.Login;
import org.holovitals.server.Sample;
import org.holovitals.server.ServerTest;
import org.holovitals.server.access.SaidConsents;
import org.holovitals.server.importing.ImportRequest;
import org.holovitals.server.importing.Importer;
import org.holovitals.server.importing.Progress;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * The same requests to the reader and to HAPI, which answers what is to be pretty: same resources, same order, same totals,
 * pages that hold the same.
 */
final class DifferentialTest extends ServerTest {
    private static final Logger log = LoggerFactory.getLogger(DifferentialTest.class);
    private static final int MOST_DIFFERENCES = 20;
    private static final int REQUESTS = Integer.getInteger("holovitals.differential.requests", 100);
    /** Those with the shortest records: HAPI takes a second for all the pages of a long one. */
    private static final int PATIENTS = Integer.getInteger("holovitals.differential.patients", 5);

    private static final long SEED = Long.getLong("holovitals.differential.seed", 20261128);

    private final Importer importer;
    private final Login login;
    private final SaidConsents consents;

    @Autowired
    DifferentialTest(Importer importer, Login login, SaidConsents consents) {
        this.importer = importer;
        this.login = login;
        this.consents = consents;
    }

    @Test
    void bothAnswerTheSame() throws Exception {
        importer.run(new ImportRequest(files(), false), Progress.NONE);
        String odd = new OddRecord(client()).patient();
        SingleConnectionDataSource connection =
                new SingleConnectionDataSource(login.url(), login.user(), login.password(), true);
        try {
            compare(JdbcClient.create(connection), odd);
        } finally {
            connection.destroy();
        }
    }

    /** Hospitals, practitioners, and as many patients as are compared. */
    private static List<Path> files() throws IOException {
        return Sample.files().stream()
                .sorted(Comparator.comparing(DifferentialTest::size))
                .limit(2 + PATIENTS)
                .sorted()
                .toList();
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void compare(JdbcClient jdbc, String odd) throws Exception {
        List<String> patients = patients(jdbc, odd);
        Callers callers = new Callers(consents, patients);
        Requests requests = new Requests(jdbc, new Random(SEED), patients, callers);
        List<String> differences = new ArrayList<>();
        Map<String, Integer> answered = new TreeMap<>();
        for (int i = 0; i < REQUESTS && differences.size() < MOST_DIFFERENCES; i++) {
            Comparison comparison = new Comparison(requests.next(), base());
            comparison.difference().ifPresent(differences::add);
            answered.merge(comparison.answeredBy(), 1, Integer::sum);
        }
        callers.end();
        log.info("Seed {}: answered by {}", SEED, answered);
        assertThat(differences).isEmpty();
        assertThat(answered.getOrDefault("the reader", 0)).isGreaterThan(REQUESTS / 2);
    }

    private static List<String> patients(JdbcClient jdbc, String odd) {
        List<String> patients = new ArrayList<>(List.of(odd));
        patients.addAll(jdbc.sql("""
                        select p.fhir_id from fhir.hfj_res_link l
                        join fhir.hfj_resource p on p.res_id = l.target_resource_id
                        where l.src_path = 'Encounter.subject.where(resolve() is Patient)'
                        group by p.fhir_id having count(*) > 5 order by count(*), p.fhir_id limit ?
                        """).param(PATIENTS).query(String.class).list());
        return patients;
    }
}
