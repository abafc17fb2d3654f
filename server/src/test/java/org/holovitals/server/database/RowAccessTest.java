package org.holovitals.server.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.hl7.fhir.r4.model.Patient;
import org.holovitals.migrations.Login;
import org.holovitals.server.ServerTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The server's own pool and its transactions. */
final class RowAccessTest extends ServerTest {
    private final JdbcClient jdbc;
    private final RowAccess access;
    private final TransactionTemplate transactions;
    private final Login login;
    private String patient = "";
    private String other = "";

    @Autowired
    RowAccessTest(JdbcClient jdbc, RowAccess access, PlatformTransactionManager transactions, Login login) {
        this.jdbc = jdbc;
        this.access = access;
        this.transactions = new TransactionTemplate(transactions);
        this.login = login;
    }

    @BeforeEach
    void twoPatients() {
        patient = create();
        other = create();
    }

    private String create() {
        return client().create().resource(new Patient()).execute().getId().getIdPart();
    }

    @Test
    void theServersRoleIsNotTheTablesOwnerAndSeesNothingByItself() {
        assertThat(jdbc.sql("select current_user").query(String.class).single()).isEqualTo("holovitals_application");
        assertThat(seen()).isEmpty();
        transactions.executeWithoutResult(status -> assertThat(seen()).isEmpty());
        assertThat(asOwner(login)
                        .sql("select fhir_id from holovitals.patients")
                        .query(String.class)
                        .set())
                .contains(patient, other);
    }

    @Test
    void aTransactionSeesThePatientsThatItSays() {
        transactions.executeWithoutResult(status -> {
            assertThat(access.patients(List.of(patient, "nobody"))).isEqualTo(1);
            assertThat(seen()).containsExactly(patient);
        });
        transactions.executeWithoutResult(status -> {
            access.everything();
            assertThat(seen()).contains(patient, other);
        });
    }

    @Test
    void noConnectionOfThePoolCarriesAContextOver() {
        Set<Integer> connections = ConcurrentHashMap.newKeySet();
        IntStream.range(0, 200)
                .parallel()
                .forEach(i -> transactions.executeWithoutResult(status -> {
                    assertThat(seen()).isEmpty();
                    connections.add(jdbc.sql("select pg_backend_pid()")
                            .query(Integer.class)
                            .single());
                    access.everything();
                    assertThat(seen()).contains(patient);
                    if (i % 3 == 0) {
                        status.setRollbackOnly();
                    }
                }));
        assertThat(connections).hasSizeLessThan(200);
    }

    @Test
    void theServersOwnWorkInsideOfATransactionDoesNotOpenTheRestOfIt() {
        transactions.executeWithoutResult(status -> {
            access.patients(List.of(patient));
            Set<String> all = access.withEverything(this::seen);
            assertThat(all).contains(patient, other);
            assertThat(seen()).containsExactly(patient);
        });
    }

    @Test
    void outsideOfATransactionNothingCanBeSaid() {
        assertThatThrownBy(access::everything).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> access.patients(List.of(patient))).isInstanceOf(IllegalStateException.class);
    }

    private Set<String> seen() {
        return jdbc.sql("select fhir_id from holovitals.patients")
                .query(String.class)
                .set();
    }
}
