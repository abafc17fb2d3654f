package org.holovitals.server.intake;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Provenance.ProvenanceEntityRole;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** Writes into a record through HAPI, in the transaction that runs: resources for the caller, Provenance as the server's own. */
final class RecordWriter {
    private static final String AGENTS = "http://terminology.hl7.org/CodeSystem/provenance-participant-type";
    private static final String OPERATIONS = "http://terminology.hl7.org/CodeSystem/v3-DataOperation";
    private static final String URI = "urn:ietf:rfc:3986";

    private final FhirContext fhir;
    private final DaoRegistry daos;
    private final IFhirSystemDao<Bundle, Meta> system;

    RecordWriter(FhirContext fhir, DaoRegistry daos, IFhirSystemDao<Bundle, Meta> system) {
        this.fhir = fhir;
        this.daos = daos;
        this.system = system;
    }

    /** Writes all entries or throws; their answers come in the same order. */
    List<BundleEntryComponent> write(RequestDetails request, List<BundleEntryComponent> entries) {
        Bundle bundle = new Bundle();
        bundle.setType(BundleType.TRANSACTION);
        entries.forEach(bundle::addEntry);
        return system.transactionNested(request, bundle).getEntry();
    }

    Resource parse(String json) {
        return (Resource) fhir.newJsonParser().parseResource(json);
    }

    /** A version of a resource, current or former. */
    Resource version(String reference, long version) {
        IdType id = new IdType(reference);
        return (Resource) daos.getResourceDao(id.getResourceType())
                .read(
                        new IdType(id.getResourceType(), id.getIdPart(), Long.toString(version)),
                        new SystemRequestDetails());
    }

    /** Names the import of which resources came: who brought it, and the file by its hash. Returns its FHIR id. */
    String prove(Import of, Reference author, Collection<String> references, Instant now) {
        Provenance provenance = new Provenance();
        references.forEach(reference -> provenance.addTarget(new Reference(reference)));
        // By this target it is of the patient's record, and goes where that goes.
        provenance.addTarget(new Reference("Patient/" + of.patient()));
        provenance.setRecorded(Date.from(now));
        provenance.setActivity(new CodeableConcept().addCoding(new Coding(OPERATIONS, "CREATE", "create")));
        provenance
                .addAgent()
                .setType(new CodeableConcept().addCoding(new Coding(AGENTS, "enterer", "Enterer")))
                .setWho(author)
                .setOnBehalfOf(author.hasReference() ? null : new Reference("Patient/" + of.patient()));
        Reference file = new Reference();
        file.getIdentifier().setSystem(URI).setValue("urn:hash::sha256:" + of.sha256());
        provenance.addEntity().setRole(ProvenanceEntityRole.SOURCE).setWhat(file);
        provenance.getMeta().setSource(source(of));
        return daos.getResourceDao(Provenance.class)
                .create(provenance, new SystemRequestDetails())
                .getId()
                .getIdPart();
    }

    /** By what resources of one import are found together. */
    static String source(Import of) {
        return "urn:uuid:" + of.id();
    }

    /** Takes resources out of what a Provenance is about; it goes when it is about nothing more. */
    void forget(String provenanceId, Set<String> references) {
        Optional<Provenance> found = provenance(provenanceId);
        if (found.isEmpty()) {
            return;
        }
        Provenance provenance = found.get();
        provenance.getTarget().removeIf(target -> references.contains(target.getReference()));
        boolean isOver = provenance.getTarget().stream()
                .allMatch(target -> target.getReference().startsWith("Patient/"));
        if (isOver) {
            daos.getResourceDao(Provenance.class)
                    .delete(new IdType("Provenance", provenanceId), new SystemRequestDetails());
        } else {
            daos.getResourceDao(Provenance.class).update(provenance, new SystemRequestDetails());
        }
    }

    private Optional<Provenance> provenance(String id) {
        try {
            return Optional.of(daos.getResourceDao(Provenance.class)
                    .read(new IdType("Provenance", id), new SystemRequestDetails()));
        } catch (ResourceGoneException | ResourceNotFoundException e) {
            return Optional.empty();
        }
    }
}
