package org.holovitals.server.benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.holovitals.server.benchmark.Loaded.LoadedPatient;

/**
 * What is measured on both servers.
 *
 * @param isOfManyResources whether the rate is told in resources, since one operation answers many
 */
record Operation(String name, boolean isOfManyResources, OnSubject onSubject) {
    static final String READ = "read";
    static final String SEARCH = "search";
    static final String EVERYTHING = "everything";
    static final String SEARCH_PREFIX = "search: ";

    /** How it is done on one of them. */
    @FunctionalInterface
    interface OnSubject {
        Work work(Subject subject, List<LoadedPatient> patients, int clients) throws IOException;
    }

    /** In the order in which they are measured: what writes comes last. */
    static List<Operation> all() {
        List<Operation> all = new ArrayList<>();
        all.add(plain(READ, patients -> reads(Role.CLINICIAN, patients)));
        Searches.SHAPES.forEach(
                (name, shape) -> all.add(plain(SEARCH_PREFIX + name, patients -> Searches.work(shape, patients))));
        all.add(plain("searches in turn", patients -> Searches.mixed(Role.CLINICIAN, patients)));
        // Without consents to ask for: what those cost.
        all.add(plain("read, by a service", patients -> reads(Role.SERVICE, patients)));
        all.add(plain("searches in turn, by a service", patients -> Searches.mixed(Role.SERVICE, patients)));
        all.add(new Operation(EVERYTHING, true, (subject, patients, clients) -> everything(patients)));
        all.add(plain("create", Writes::creates));
        all.add(new Operation("update", false, Writes::updates));
        all.add(plain("mixed 80/15/5", Operation::mixed));
        return all;
    }

    private interface OfPatients {
        Work work(List<LoadedPatient> patients);
    }

    private static Operation plain(String name, OfPatients work) {
        return new Operation(name, false, (subject, patients, clients) -> work.work(patients));
    }

    private static Work reads(Role role, List<LoadedPatient> patients) {
        return (client, turn) -> {
            LoadedPatient patient = patients.get((int) (turn % patients.size()));
            client.get(role, "/fhir/" + patient.resource(turn / patients.size()));
            return 1;
        };
    }

    private static Work everything(List<LoadedPatient> patients) {
        return (client, turn) -> {
            LoadedPatient patient = patients.get((int) (turn % patients.size()));
            return client.everyPage(Role.CLINICIAN, "/fhir/Patient/" + patient.id() + "/$everything?_count=200");
        };
    }

    /** Of twenty, sixteen are reads, three searches and one a create. */
    private static Work mixed(List<LoadedPatient> patients) {
        Work reads = reads(Role.CLINICIAN, patients);
        Work searches = Searches.mixed(Role.CLINICIAN, patients);
        Work creates = Writes.creates(patients);
        return (client, turn) -> {
            long part = turn % 20;
            Work work = part < 16 ? reads : part < 19 ? searches : creates;
            return work.once(client, turn);
        };
    }
}
