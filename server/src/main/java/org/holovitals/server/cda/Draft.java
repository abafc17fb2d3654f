package org.holovitals.server.cda;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.holovitals.server.cda.CdaContents.Entry;

/** Collects what a document says. */
final class Draft {
    private final String patient;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, Integer> losses = new TreeMap<>();
    private final Set<String> used = new HashSet<>();

    Draft() {
        this.patient = random();
    }

    /** A reference to the patient of the document. */
    Reference patient() {
        return new Reference(patient);
    }

    /** A patient; a second one has another address, so that it is seen that there are two. */
    void patient(Resource resource) {
        entries.add(new Entry(used.add(patient) ? patient : random(), resource));
    }

    /**
     * A resource of an entry. Its address is made of the entry's id, so that it is known again in a later document.
     *
     * @param about what tells it from others with the same id, as some systems make them
     */
    String add(Node entry, String about, Resource resource) {
        String id = entry.all("id").stream()
                .filter(each -> each.attribute("root") != null)
                .map(each -> each.attribute("root") + "|" + each.attribute("extension"))
                .findFirst()
                .orElse(null);
        String name = resource.fhirType() + "|" + id + "|" + about;
        String url = id == null || !used.add(name) ? random() : named(name);
        entries.add(new Entry(url, resource));
        return url;
    }

    private static String random() {
        return "urn:uuid:" + UUID.randomUUID();
    }

    private static String named(String name) {
        return "urn:uuid:" + UUID.nameUUIDFromBytes(("cda|" + name).getBytes(StandardCharsets.UTF_8));
    }

    /** Something that has no resource, or not all of it has. */
    void loss(String what) {
        losses.merge(what, 1, Integer::sum);
    }

    CdaContents contents() {
        List<String> told = losses.entrySet().stream()
                .map(loss -> loss.getValue() == 1 ? loss.getKey() : loss.getKey() + " (" + loss.getValue() + " times)")
                .toList();
        return new CdaContents(List.copyOf(entries), told);
    }
}
