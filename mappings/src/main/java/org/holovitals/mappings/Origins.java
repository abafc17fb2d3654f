package org.holovitals.mappings;

import ca.uhn.fhir.model.api.TemporalPrecisionEnum;
import java.time.Instant;
import java.util.Date;
import java.util.TimeZone;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** The origin of a resource's rows, and a resource that states its origin. */
final class Origins {
    private static final TimeZone UTC = TimeZone.getTimeZone("UTC");

    private Origins() {}

    static Origin of(Resource resource, Reference patient) {
        return of(resource, References.patientId(patient));
    }

    static Origin of(Resource resource, @Nullable String patientId) {
        String id = resource.getIdElement().getIdPart();
        Date updated = resource.getMeta().getLastUpdated();
        Instant lastUpdated = updated == null ? null : updated.toInstant();
        return new Origin(id == null ? "" : id, patientId, version(resource), lastUpdated);
    }

    private static long version(Resource resource) {
        String version = resource.getMeta().getVersionId();
        if (version == null) {
            version = resource.getIdElement().getVersionIdPart();
        }
        try {
            return version == null ? 0 : Long.parseLong(version);
        } catch (NumberFormatException notOfThisServer) {
            return 0;
        }
    }

    static <T extends Resource> T stamp(T resource, Origin origin) {
        if (!origin.fhirId().isEmpty()) {
            resource.setId(origin.fhirId());
        }
        if (origin.version() > 0) {
            resource.getMeta().setVersionId(Long.toString(origin.version()));
        }
        if (origin.lastUpdated() != null) {
            resource.getMeta().setLastUpdatedElement(instant(origin.lastUpdated()));
        }
        return resource;
    }

    private static InstantType instant(Instant time) {
        return new InstantType(Date.from(time), TemporalPrecisionEnum.MILLI, UTC);
    }

    /** The parts of a resource that the origin holds in its own form. */
    static boolean holds(Resource resource, Object parent, String element) {
        return parent == resource
                ? element.equals("id")
                : parent instanceof Meta && (element.equals("versionId") || element.equals("lastUpdated"));
    }
}
