package org.holovitals.server.benchmark;

import java.util.ArrayList;
import java.util.List;

/**
 * The patients that a server holds, in the order of the population, so that a number means the same patient and the same
 * resource on each server.
 */
final class Loaded {
    private final List<LoadedPatient> patients = new ArrayList<>();

    /**
     * A patient on a server.
     *
     * @param id of the Patient
     * @param resources type and id of each resource of the bundle, in its order
     */
    record LoadedPatient(String id, List<String> resources) {
        String resource(long turn) {
            return resources.get((int) (turn % resources.size()));
        }
    }

    void addAll(List<LoadedPatient> more) {
        patients.addAll(more);
    }

    int resources() {
        return patients.stream().mapToInt(patient -> patient.resources().size()).sum();
    }

    /** Some patients, evenly spread. */
    List<LoadedPatient> spread(int wanted) {
        int number = Math.min(wanted, patients.size());
        List<LoadedPatient> chosen = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            chosen.add(patients.get((int) ((long) i * patients.size() / number)));
        }
        return List.copyOf(chosen);
    }
}
