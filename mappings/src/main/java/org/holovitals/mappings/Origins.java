package org.holovitals.mappings;

import java.util.Date;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** A resource's identity and {@link Origin}, in both directions. */
final class Origins {

    private Origins() {}

    static Origin of(Resource resource, @Nullable Reference patient) {
        return of(resource, patient == null ? null : patientId(patient));
    }

    static Origin of(Resource resource, @Nullable String patientId) {
        @Nullable String id = storedId(resource);
        @Nullable Date updated = resource.getMeta().getLastUpdated();
        return new Origin(
                id == null ? "" : id, patientId, version(resource), updated == null ? null : updated.toInstant());
    }

    /** The resource's id; a Bundle entry's urn:uuid is not yet the id of a stored resource. */
    static @Nullable String storedId(Resource resource) {
        @Nullable String id = resource.getIdElement().getIdPart();
        return id == null || id.startsWith("urn:") ? null : id;
    }

    private static @Nullable String patientId(Reference patient) {
        @Nullable String literal = Texts.of(patient.getReference());
        if (literal == null) {
            return null;
        }
        IdType id = new IdType(literal);
        return "Patient".equals(id.getResourceType()) && !id.hasBaseUrl() ? id.getIdPart() : null;
    }

    private static long version(Resource resource) {
        @Nullable String inMeta = Texts.of(resource.getMeta().getVersionId());
        @Nullable String version = inMeta == null ? resource.getIdElement().getVersionIdPart() : inMeta;
        return version != null && version.matches("\\d{1,18}") ? Long.parseLong(version) : 0;
    }

    static void identify(Resource resource, Origin origin) {
        if (!origin.fhirId().isEmpty()) {
            resource.setId(origin.fhirId());
        }
        Meta meta = new Meta();
        if (origin.version() > 0) {
            meta.setVersionId(Long.toString(origin.version()));
        }
        if (origin.lastUpdated() != null) {
            meta.setLastUpdated(Date.from(origin.lastUpdated()));
        }
        if (!meta.isEmpty()) {
            resource.setMeta(meta);
        }
    }

    static @Nullable Reference patient(Origin origin) {
        return origin.patientId() == null ? null : new Reference("Patient/" + origin.patientId());
    }
}
