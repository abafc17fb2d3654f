package org.holovitals.server.finder;

import ca.uhn.fhir.context.FhirContext;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.holovitals.server.stored.WholeResource;

/** Resources as they are stored, those only that a caller may see. Each is understood when it is first cited. */
final class Readings {
    private final FhirContext fhir;
    private final Paths paths;
    private final PageQuotes pages;
    private final Map<Source, WholeResource> stored;
    private final Map<Source, IBaseResource> understood = new HashMap<>();

    Readings(FhirContext fhir, Paths paths, PageQuotes pages, Map<Source, WholeResource> stored) {
        this.fhir = fhir;
        this.paths = paths;
        this.pages = pages;
        this.stored = stored;
    }

    /** Whether the version is there for the caller. */
    boolean has(Source source) {
        return stored.containsKey(source);
    }

    /** The path of a claim at which its value stands; empty where the claim does not hold. */
    Optional<String> holds(Claim claim) {
        if (!has(claim.source())) {
            return Optional.empty();
        }
        Optional<String> page =
                claim.paths().stream().filter(path -> pages.hold(claim, path)).findFirst();
        if (page.isPresent()) {
            return page;
        }
        IBaseResource resource = understood.computeIfAbsent(
                claim.source(), source -> fhir.newJsonParser().parseResource(json(source)));
        return claim.paths().stream()
                .filter(path -> path.startsWith(claim.source().type() + "."))
                .filter(path -> paths.values(resource, path).contains(claim.value()))
                .findFirst();
    }

    /** A version that is there, as JSON. */
    String json(Source source) {
        WholeResource whole = stored.get(source);
        if (whole == null) {
            throw new IllegalStateException("not among the resources that were read");
        }
        return whole.json();
    }
}
