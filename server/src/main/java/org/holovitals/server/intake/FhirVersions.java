package org.holovitals.server.intake;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.IParser;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.convertors.factory.VersionConvertorFactory_10_40;
import org.hl7.fhir.convertors.factory.VersionConvertorFactory_30_40;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Resource;
import org.holovitals.server.fhir.StrictParsing;
import org.holovitals.server.importing.FhirPieces;

/** Reads resources of one version of FHIR as those of R4. Files do not tell their version: it is the one in which they are legal. */
enum FhirVersions {
    R4,
    STU3,
    DSTU2,
    /** Only recognised. */
    R5;

    /** Those that can be read, the likeliest first. */
    static final List<FhirVersions> READ = List.of(R4, STU3, DSTU2);

    private FhirContext context() {
        return switch (this) {
            case R4 -> FhirContext.forR4Cached();
            case STU3 -> FhirContext.forDstu3Cached();
            case DSTU2 -> FhirContext.forDstu2Hl7OrgCached();
            case R5 -> FhirContext.forR5Cached();
        };
    }

    private Resource converted(IBaseResource resource) {
        return switch (this) {
            case R4 -> (Resource) resource;
            case STU3 -> VersionConvertorFactory_30_40.convertResource((org.hl7.fhir.dstu3.model.Resource) resource);
            case DSTU2 -> VersionConvertorFactory_10_40.convertResource((org.hl7.fhir.dstu2.model.Resource) resource);
            case R5 -> throw new IllegalStateException("R5 is not converted");
        };
    }

    /** A resource that cannot be read in this version. */
    static final class Illegal extends Exception {
        private static final long serialVersionUID = 1;

        Illegal(String reason) {
            super(reason);
        }
    }

    /** A text as a resource of R4. */
    Resource read(String text, boolean isXml) throws Illegal {
        try {
            return converted(complete(text, isXml));
        } catch (DataFormatException e) {
            throw new Illegal(FhirPieces.reason(e));
        } catch (RuntimeException e) {
            // Parsers and converters fail in many ways on what they do not expect, and quote it.
            throw new Illegal("cannot be read as " + this + " (" + e.getClass().getSimpleName() + ")");
        }
    }

    private IBaseResource complete(String text, boolean isXml) {
        try {
            return parse(text, isXml);
        } catch (DataFormatException e) {
            Optional<String> complete = isXml ? Optional.empty() : Trees.withNulls(text);
            return parse(complete.orElseThrow(() -> e), false);
        }
    }

    /** Whether a text is legal in this version. */
    boolean isLegal(String text, boolean isXml) {
        try {
            parse(text, isXml);
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private IBaseResource parse(String text, boolean isXml) {
        IParser parser = isXml ? context().newXmlParser() : context().newJsonParser();
        parser.setParserErrorHandler(StrictParsing.withoutValues());
        // The address of an entry is kept beside the resource; its own id is what relative references mean.
        parser.setOverrideResourceIdWithBundleEntryFullUrl(false);
        return parser.parseResource(text);
    }

    /** All of them, for a sentence. */
    static String named() {
        return READ.get(0) + ", " + READ.get(1) + " and " + READ.get(2);
    }
}
