package org.holovitals.server.importing;

import ca.uhn.fhir.context.FhirContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.UriType;

/** Turns resources without requests into entries of a transaction. */
final class Transactions {
    private final FhirContext fhir;

    Transactions(FhirContext fhir) {
        this.fhir = fhir;
    }

    static Bundle of(List<BundleEntryComponent> entries) {
        Bundle bundle = new Bundle();
        bundle.setType(BundleType.TRANSACTION);
        entries.forEach(bundle::addEntry);
        return bundle;
    }

    /** A resource under its own id, or as a new one when it has none. */
    static BundleEntryComponent entry(Resource resource) {
        String type = resource.fhirType();
        BundleEntryComponent entry = new BundleEntryComponent();
        entry.setResource(resource);
        if (resource.getIdElement().hasIdPart()) {
            String own = type + "/" + resource.getIdElement().getIdPart();
            // Neither the former server's base nor its version means anything here.
            resource.setId(own);
            entry.getRequest().setMethod(HTTPVerb.PUT).setUrl(own);
        } else {
            entry.setFullUrl("urn:uuid:" + UUID.randomUUID());
            entry.getRequest().setMethod(HTTPVerb.POST).setUrl(type);
        }
        return entry;
    }

    /** The entries of a collection, search set or document, which refer to each other as before. */
    List<BundleEntryComponent> entries(Bundle collection) {
        Map<String, String> moved = new HashMap<>();
        List<BundleEntryComponent> entries = collection.getEntry().stream()
                .filter(Transactions::isResource)
                .map(entry -> moved(entry, moved))
                .toList();
        entries.forEach(entry -> redirect(entry.getResource(), moved));
        return entries;
    }

    private static boolean isResource(BundleEntryComponent entry) {
        return entry.hasResource()
                && entry.getSearch().getMode() != SearchEntryMode.OUTCOME
                && ResourceTypes.isStorable(entry.getResource().fhirType());
    }

    private static BundleEntryComponent moved(BundleEntryComponent former, Map<String, String> moved) {
        BundleEntryComponent entry = entry(former.getResource());
        if (former.hasFullUrl()) {
            boolean isNew = entry.getRequest().getMethod() == HTTPVerb.POST;
            moved.put(
                    former.getFullUrl(),
                    isNew ? entry.getFullUrl() : entry.getRequest().getUrl());
        }
        return entry;
    }

    private void redirect(Resource resource, Map<String, String> moved) {
        fhir.newTerser()
                .getAllPopulatedChildElementsOfType(resource, Reference.class)
                .forEach(reference -> {
                    String target = moved.get(reference.getReference());
                    if (target != null) {
                        reference.setReference(target);
                        // The parser has linked the entry's resource, and HAPI would contain one without an id.
                        reference.setResource(null);
                    }
                });
        // An attachment's address may name an entry too; only a placeholder can mean nothing else.
        fhir.newTerser()
                .getAllPopulatedChildElementsOfType(resource, UriType.class)
                .forEach(uri -> {
                    String target = moved.get(uri.getValue());
                    if (target != null && uri.getValue().startsWith("urn:")) {
                        uri.setValue(target);
                    }
                });
    }
}
