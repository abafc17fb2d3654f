package org.holovitals.server.access;

import java.util.Set;
import java.util.function.Supplier;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.holovitals.server.access.Consents.Part;

/**
 * What of a resource decides who may meet it.
 *
 * @param owners the FHIR ids of the patients in whose compartments it is
 * @param part what of a record it is
 * @param whole the resource itself, for the conditions of granular scopes
 */
record Facts(String type, Set<String> owners, Part part, Supplier<IBaseResource> whole) {}
