package org.holovitals.server.intake;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.IParser;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.hl7.fhir.convertors.factory.VersionConvertorFactory_10_40;
import org.hl7.fhir.convertors.factory.VersionConvertorFactory_30_40;
import org.hl7.fhir.exceptions.FHIRException;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Resource;
import org.holovitals.server.fhir.StrictParsing;
import org.holovitals.server.importing.FhirPieces;

/** Reads resources of one version of FHIR as those of R4. Files do not tell their version: it is the one in which they are legal. */
enum FhirVersions {
    R4(FhirContext::forR4Cached, resource -> (Resource) resource),
    STU3(
            FhirContext::forDstu3Cached,
            resource -> VersionConvertorFactory_30_40.convertResource((org.hl7.fhir.dstu3.model.Resource) resource)),
    DSTU2(
            FhirContext::forDstu2Hl7OrgCached,
            resource -> VersionConvertorFactory_10_40.convertResource((org.hl7.fhir.dstu2.model.Resource) resource)),
    /** Only recognised. */
    R5(FhirContext::forR5Cached, resource -> {
        throw new FHIRException("R5 is not converted");
    });

    /** Those that can be read, the likeliest first. */
    static final List<FhirVersions> READ = List.of(R4, STU3, DSTU2);

    private final Supplier<FhirContext> context;
    private final Conversion conversion;

    FhirVersions(Supplier<FhirContext> context, Conversion conversion) {
        this.context = context;
        this.conversion = conversion;
    }

    /** Makes a resource of R4 of one of another version. */
    @FunctionalInterface
    private interface Conversion {
        Resource toR4(IBaseResource resource);
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
            return conversion.toR4(parse(text, isXml));
        } catch (DataFormatException e) {
            throw new Illegal(FhirPieces.reason(e));
        } catch (RuntimeException e) {
            // Parsers and converters fail in many ways on what they do not expect, and quote it.
            throw new Illegal("cannot be read as " + this + " (" + e.getClass().getSimpleName() + ")");
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
        IParser parser =
                isXml ? context.get().newXmlParser() : context.get().newJsonParser();
        parser.setParserErrorHandler(StrictParsing.withoutValues());
        // The address of an entry is kept beside the resource; its own id is what relative references mean.
        parser.setOverrideResourceIdWithBundleEntryFullUrl(false);
        return parser.parseResource(text);
    }

    /** All of them, for a sentence. */
    static String named() {
        return Arrays.toString(READ.toArray());
    }
}
