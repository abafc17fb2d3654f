package org.holovitals.server.benchmark;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.holovitals.server.benchmark.Loaded.LoadedPatient;

/** Makes the clinician's reads of this server allowed in the way of real ones: by each patient's own consent. */
final class GivenConsents {
    private static final String GIFT = """
            {"to": {"email": "%s"}, "reason": "Benchmark", "hours": 72,
             "permissions": [{"resource": "all_phi", "action": "read"}]}
            """;

    private final Set<String> given = new HashSet<>();

    /** Each of the patients claims the own record and gives a consent, unless that was done already. */
    void ensure(Subject subject, List<LoadedPatient> patients) throws IOException {
        if (subject.callers().isEmpty()) {
            return;
        }
        try (Client client = subject.client(0)) {
            client.get(Role.CLINICIAN, "/api/me");
            for (LoadedPatient patient : patients) {
                if (given.add(patient.id())) {
                    give(client, patient.id());
                }
            }
        }
    }

    private static void give(Client client, String patient) throws IOException {
        String owner = Callers.ownerOf(patient);
        client.sendAs(owner, "GET", "/api/me", "");
        client.sendAs(owner, "POST", "/api/consents/grants", GIFT.formatted(Callers.clinicianEmail()));
    }
}
