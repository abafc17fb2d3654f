package org.holovitals.server.fhir;

/** Marks a bean with HAPI {@code SERVER_} hooks; the FHIR endpoint registers all of them. */
public interface FhirServerInterceptor {}
