package org.holovitals.server.fhir;

import ca.uhn.fhir.rest.server.IResourceProvider;

/**
 * Marks a bean that serves a resource type in place of HAPI's storage; the FHIR endpoint registers all of them. It reads
 * the search parameters itself, and has to refuse the ones that it does not know.
 */
public interface FhirProvider extends IResourceProvider {}
