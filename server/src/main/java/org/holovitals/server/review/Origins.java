package org.holovitals.server.review;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Provenance.ProvenanceAgentComponent;
import org.hl7.fhir.r4.model.Provenance.ProvenanceEntityRole;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.UrlType;
import org.holovitals.server.documents.SharedDocuments.Sheet;

/** Provenance of what became of something that was found: the place in the document, and who says that it is right. */
final class Origins {
    /** The place as a URL of the file with a fragment: page (RFC 8118) and region (W3C Media Fragments), in percent. */
    static final String PLACE = "urn:holovitals:document-place";

    private static final String AGENTS = "http://terminology.hl7.org/CodeSystem/provenance-participant-type";
    private static final String OPERATIONS = "http://terminology.hl7.org/CodeSystem/v3-DataOperation";

    private Origins() {}

    /** Of a resource that was written. */
    static Provenance of(String written, Sheet document, Candidate candidate, List<Double> box, Saying saying) {
        String patient = "Patient/" + document.whose().patient();
        Provenance provenance = new Provenance();
        provenance.addTarget(new Reference(written));
        // By this target it is of the patient's record, and goes where that goes.
        provenance.addTarget(new Reference(patient));
        provenance.setRecorded(Date.from(saying.at()));
        provenance.setActivity(new CodeableConcept()
                .addCoding(new Coding(OPERATIONS, "CREATE", "create"))
                .setText(
                        saying.status() == Status.CORRECTED ? "Corrected after the page" : "Confirmed as it was read"));
        ProvenanceAgentComponent agent = provenance
                .addAgent()
                .setType(new CodeableConcept().addCoding(new Coding(AGENTS, "verifier", "Verifier")))
                .setWho(saying.witness().reference());
        if (saying.witness().kind() == Witness.Kind.PROXY) {
            agent.setOnBehalfOf(new Reference(patient));
        }
        Reference source = new Reference("DocumentReference/" + document.reference());
        source.addExtension(new Extension(PLACE, new UrlType(place(document, candidate, box))));
        provenance.addEntity().setRole(ProvenanceEntityRole.SOURCE).setWhat(source);
        provenance.getMeta().setSource("urn:uuid:" + candidate.id());
        return provenance;
    }

    /** Who said what, and when. */
    record Saying(Witness witness, Status status, Instant at) {}

    private static String place(Sheet document, Candidate candidate, List<Double> box) {
        String page = "Binary/" + document.id() + "#page=" + candidate.found().page();
        return box.isEmpty()
                ? page
                : page
                        + String.format(
                                Locale.ROOT,
                                "&xywh=percent:%.2f,%.2f,%.2f,%.2f",
                                box.get(0) * 100,
                                box.get(1) * 100,
                                box.get(2) * 100,
                                box.get(3) * 100);
    }
}
