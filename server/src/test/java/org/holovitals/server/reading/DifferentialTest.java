package org.holovitals.server.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.holovitals.migrations.Login;
import org.holovitals.server.ServerTest;
import org.holovitals.server.access.SaidConsents;
import org.holovitals.server.importing.ImportRequest;
import org.holovitals.server.importing.Importer;
import org.holovitals.server.importing.Progress;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * The same requests to the reader and to HAPI, which answers what is to be pretty: same resources, same order, same totals,
 * pages that hold the same.
 */
final class DifferentialTest extends ServerTest {
    private static final int REQUESTS = Integer.getInteger("holovitals.differential.requests", 300);
    /** Those with the fewest encounters: HAPI takes a second for all the pages of a long record. */
    private static final int PATIENTS = Integer.getInteger("holovitals.differential.patients", 3);

    private static final long SEED = Long.getLong("holovitals.differential.seed", 20261128);

    /** Ten synthetic patients whom nobody here wrote. */
    private static final Path SAMPLE = Path.of("src/main/resources/sample");

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
        importer.run(new ImportRequest(List.of(SAMPLE), false), Progress.NONE);
        String odd = new OddRecord(client()).patient();
        List<String> patients = patients(odd);
        Callers callers = new Callers(consents, patients);
        Requests requests = new Requests(asOwner(login), new Random(SEED), patients, callers);
        List<String> differences = new ArrayList<>();
        Map<String, Integer> answered = new LinkedHashMap<>();
        for (int i = 0; i < REQUESTS && differences.size() < 20; i++) {
            Requests.Request request = requests.next();
            Comparison comparison = new Comparison(request, base());
            comparison.difference().ifPresent(differences::add);
            if (comparison.isRefused()) {
                answered.merge("refused", 1, Integer::sum);
                continue;
            }
            answered.merge(comparison.isRead() ? "reader" : "HAPI", 1, Integer::sum);
        }
        System.Logger.Level level = System.Logger.Level.INFO;
        System.getLogger(DifferentialTest.class.getName())
                .log(level, "Differential test, seed {0}: answered by {1}", String.valueOf(SEED), answered);
        callers.end();
        assertThat(differences).isEmpty();
        assertThat(answered.getOrDefault("reader", 0)).isGreaterThan(REQUESTS / 2);
    }

    private List<String> patients(String odd) {
        List<String> patients = new ArrayList<>(List.of(odd));
        patients.addAll(
                asOwner(login).sql("""
                        select p.fhir_id from fhir.hfj_res_link l
                        join fhir.hfj_resource p on p.res_id = l.target_resource_id
                        where l.src_path = 'Encounter.subject.where(resolve() is Patient)'
                        group by p.fhir_id having count(*) > 5 order by count(*), p.fhir_id limit ?
                        """).param(PATIENTS).query(String.class).list());
        return patients;
    }
}
