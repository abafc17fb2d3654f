package org.holovitals.server.fhir;

/**
 * Marks a bean with FHIR operations of ours; the FHIR endpoint registers all of them. It reads the parameters itself, and has
 * to refuse the ones that it does not know.
 */
public interface FhirOperations {}
