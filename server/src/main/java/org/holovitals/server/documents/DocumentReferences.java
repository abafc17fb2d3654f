package org.holovitals.server.documents;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.model.DaoMethodOutcome;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import java.util.Date;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Enumerations.DocumentReferenceStatus;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Reference;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;

/** The FHIR side of documents: a DocumentReference each, which mapping, history, search and export see like any other. */
final class DocumentReferences {
    static final String TYPE = "DocumentReference";

    private final DaoRegistry daos;

    DocumentReferences(DaoRegistry daos) {
        this.daos = daos;
    }

    /** What somebody is about to add to a record, as far as it decides whether he may. */
    static DocumentReference draft(String patient) {
        return new DocumentReference()
                .setStatus(DocumentReferenceStatus.CURRENT)
                .setSubject(new Reference(new IdType("Patient", patient)));
    }

    /** Nothing stands in it that nobody has said. */
    static DocumentReference of(Document document, byte[] sha1) {
        Attachment attachment = new Attachment()
                .setContentType(document.type().mimeType())
                .setUrl("Binary/" + document.id())
                .setHash(sha1)
                .setTitle(document.name());
        if (document.size() <= Integer.MAX_VALUE) {
            attachment.setSize((int) document.size());
        }
        if (document.date() != null) {
            attachment.setCreationElement(new DateTimeType(document.date().toString()));
        }
        DocumentReference reference = draft(document.patient()).setDate(Date.from(document.uploaded()));
        reference.setId(new IdType(TYPE, document.id().toString()));
        reference.addContent().setAttachment(attachment);
        if (document.kind() != null) {
            reference.setType(new CodeableConcept().setText(document.kind()));
        }
        return reference;
    }

    /** Stores it in the transaction that runs; gives HAPI's key of it, hfj_resource.res_id. */
    long store(DocumentReference reference) {
        DaoMethodOutcome stored =
                daos.getResourceDao(DocumentReference.class).update(reference, new SystemRequestDetails());
        return (Long) stored.getPersistentId().getId();
    }

    /** Deletes one, and the document with the last that has it; refuses while another resource refers to it. */
    void delete(String id) {
        try {
            daos.getResourceDao(DocumentReference.class).delete(new IdType(TYPE, id), new SystemRequestDetails());
        } catch (ResourceVersionConflictException e) {
            throw new Problem(ProblemType.CONFLICT, "Something else in the record refers to this document");
        }
    }
}
