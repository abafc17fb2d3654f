package org.holovitals.server.exporting;

import java.io.IOException;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.IdType;
import org.holovitals.server.stored.ResourceLine;
import org.holovitals.server.stored.StoredResource;

/**
 * Takes out of a snapshot what a selection says: everything, or the records of patients. A record is the patient, what
 * refers to it, and the organisations, practitioners and other shared resources that those refer to. What belongs to
 * another patient is never followed.
 */
final class Extraction {
    private final Snapshot snapshot;
    private final Selection selection;
    private final Compartment compartment;
    private final Receiver receiver;
    private final Set<String> patients;
    private final Set<String> seen = new HashSet<>();
    private Map<String, Set<String>> wanted = new TreeMap<>();

    Extraction(Snapshot snapshot, Selection selection, Compartment compartment, Receiver receiver) {
        this.snapshot = snapshot;
        this.selection = selection;
        this.compartment = compartment;
        this.receiver = receiver;
        this.patients = selection.reach() instanceof Reach.Patients some ? some.ids() : Set.of();
    }

    void run() throws SQLException, IOException {
        if (selection.reach() instanceof Reach.Everything) {
            for (String type : snapshot.types()) {
                if (selection.wants(type)) {
                    snapshot.read(
                            type,
                            selection,
                            resource -> receiver.resource(type, ResourceLine.of(resource, reference -> {}), Set.of()));
                }
            }
        } else {
            records();
        }
        if (selection.since() != null) {
            deletions();
        }
    }

    /** Reads more than it writes, where what is not asked for can refer to what is. */
    private void records() throws SQLException, IOException {
        boolean isFollowing =
                selection.types().isEmpty() || selection.types().stream().anyMatch(compartment::isReferredTo);
        for (String type : snapshot.types()) {
            if (compartment.holds(type) && (isFollowing || selection.wants(type))) {
                recordsOf(type);
            }
        }
        while (isFollowing && !wanted.isEmpty()) {
            Map<String, Set<String>> next = wanted;
            wanted = new TreeMap<>();
            for (Map.Entry<String, Set<String>> shared : next.entrySet()) {
                String type = shared.getKey();
                snapshot.readShared(type, compartment.paths(type), shared.getValue(), among(type), this::take);
            }
        }
    }

    private void recordsOf(String type) throws SQLException, IOException {
        boolean isOfAll = selection.reach() instanceof Reach.AllPatients;
        if (type.equals(Compartment.PATIENT)) {
            if (isOfAll) {
                snapshot.readAll(type, among(type), this::take);
            } else {
                snapshot.readShared(type, Set.of(), patients, among(type), this::take);
            }
        } else if (isOfAll) {
            snapshot.readOfAllPatients(type, compartment.paths(type), among(type), this::take);
        } else {
            snapshot.readOfPatients(type, compartment.paths(type), patients, among(type), this::take);
        }
    }

    private Snapshot.Among among(String type) {
        return new Snapshot.Among(selection.among().get(type));
    }

    private void take(StoredResource resource) throws IOException {
        Set<String> owners = new TreeSet<>();
        String line = ResourceLine.of(resource, reference -> follow(reference, owners));
        if (resource.type().equals(Compartment.PATIENT) && patients.contains(resource.id())) {
            owners.add(resource.id());
        }
        if (selection.wants(resource.type()) && selection.wants(resource.lastUpdated())) {
            receiver.resource(resource.type(), line, owners);
        }
    }

    private void follow(String reference, Set<String> owners) {
        IdType id = new IdType(reference);
        boolean isLocal = id.hasResourceType() && id.hasIdPart() && !id.hasBaseUrl() && !id.isLocal();
        if (!isLocal) {
            return;
        }
        if (id.getResourceType().equals(Compartment.PATIENT)) {
            if (patients.contains(id.getIdPart())) {
                owners.add(id.getIdPart());
            }
        } else if (seen.add(id.getResourceType() + "/" + id.getIdPart())) {
            wanted.computeIfAbsent(id.getResourceType(), type -> new TreeSet<>())
                    .add(id.getIdPart());
        }
    }

    private void deletions() throws SQLException, IOException {
        boolean isEverything = selection.reach() instanceof Reach.Everything;
        for (String type : snapshot.deletedTypes()) {
            if (selection.wants(type) && (isEverything || compartment.holds(type))) {
                snapshot.readDeleted(type, selection, deleted -> {
                    if (!(selection.reach() instanceof Reach.Patients) || wasOfPatients(deleted)) {
                        receiver.deleted(type, deleted.id());
                    }
                });
            }
        }
    }

    /** A deleted resource has no links any more; its last content says whom it named. */
    private boolean wasOfPatients(StoredResource deleted) throws IOException {
        if (deleted.type().equals(Compartment.PATIENT)) {
            return patients.contains(deleted.id());
        }
        Set<String> owners = new TreeSet<>();
        ResourceLine.of(deleted, reference -> {
            IdType id = new IdType(reference);
            if (Compartment.PATIENT.equals(id.getResourceType()) && !id.hasBaseUrl()) {
                owners.add(id.getIdPart());
            }
        });
        owners.retainAll(patients);
        return !owners.isEmpty();
    }
}
