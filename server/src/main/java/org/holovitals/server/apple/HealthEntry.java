package org.holovitals.server.apple;

import org.hl7.fhir.r4.model.Resource;

/**
 * A resource of an export.
 *
 * @param fullUrl the same for the same of a later export
 */
public record HealthEntry(String fullUrl, Resource resource) {}
