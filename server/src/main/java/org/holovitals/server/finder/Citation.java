package org.holovitals.server.finder;

/**
 * Where a value in an answer stands.
 *
 * @param type FHIR type of the resource, {@code id} and {@code version} tell which
 * @param path FHIRPath of the value in it
 * @param value as FHIR wrote it
 * @param verified whether it was read there again, in the current version, by whoever asked
 */
public record Citation(String type, String id, long version, String path, String value, boolean verified) {}
