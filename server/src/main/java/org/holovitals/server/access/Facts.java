package org.holovitals.server.access;

import ca.uhn.fhir.context.FhirContext;
import java.util.Set;
import java.util.function.Supplier;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.holovitals.server.access.Consents.Part;
import org.holovitals.server.stored.StoredResource;
import org.holovitals.server.stored.WholeResource;

/**
 * What of a resource decides who may meet it.
 *
 * @param owners the FHIR ids of the patients in whose compartments it is
 * @param part what of a record it is
 * @param whole the resource itself, for the conditions of granular scopes
 */
record Facts(String type, Set<String> owners, Part part, Supplier<IBaseResource> whole) {

    /** Of a stored resource; it is parsed only for what its references and categories do not tell. */
    static Facts of(StoredResource stored, WholeResource whole, Compartments compartments, FhirContext fhir) {
        Supplier<IBaseResource> parsed = () -> fhir.newJsonParser().parseResource(whole.json());
        Set<String> owners = compartments.elements(stored.type()).isPresent()
                ? compartments.owners(stored.type(), stored.id(), whole.references())
                : compartments.owners(parsed.get());
        return new Facts(stored.type(), owners, Parts.of(stored.type(), whole.categories()), parsed);
    }
}
