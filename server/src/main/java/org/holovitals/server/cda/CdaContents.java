package org.holovitals.server.cda;

import java.util.List;
import org.hl7.fhir.r4.model.Resource;

/**
 * What a document says.
 *
 * @param entries its resources, the patient first
 * @param losses what of it has no resource, in words that quote no more than titles of sections
 */
public record CdaContents(List<Entry> entries, List<String> losses) {
    /**
     * A resource.
     *
     * @param fullUrl the same for the same entry of another document
     */
    public record Entry(String fullUrl, Resource resource) {}
}
