package org.holovitals.server.finder;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.holovitals.server.access.Interaction;
import org.holovitals.server.access.RecordReach;
import org.holovitals.server.finder.Telling.Fragment;
import org.holovitals.server.stored.ResourceLine;
import org.holovitals.server.stored.StoredResource;
import org.holovitals.server.stored.WholeResource;

/**
 * Reads each claim's resource, version and value again, from what is stored and by the caller's own rights. What does not
 * stand there now, in the current version of a resource of this very patient, is not verified.
 */
public final class CitationCheck {
    private static final String UNVERIFIED =
            "One entry could not be confirmed against the record, so it is not stated.";

    private final FhirContext fhir;
    private final StoredSources stored;
    private final RecordReach reach;
    private final Paths paths;
    private final PageQuotes pages;

    CitationCheck(FhirContext fhir, StoredSources stored, RecordReach reach, PageQuotes pages) {
        this.fhir = fhir;
        this.stored = stored;
        this.reach = reach;
        this.paths = new Paths(fhir);
        this.pages = pages;
    }

    /** The same citations in the same order, each with what was found of it. */
    public List<Citation> check(RecordView view, List<Citation> citations) {
        List<Claim> claims = citations.stream()
                .map(said -> new Claim(source(said), List.of(said.path()), said.value()))
                .toList();
        Readings readings =
                read(view, claims.stream().map(Claim::source).distinct().toList());
        return claims.stream()
                .map(claim -> claim.citation(
                        claim.paths().get(0), readings.holds(claim).isPresent()))
                .toList();
    }

    /** Those of some citations of which the caller may see the very version, be it a former one by now. */
    public Set<Citation> seen(RecordView view, Collection<Citation> citations) {
        Set<Source> sources = citations.stream().map(CitationCheck::source).collect(Collectors.toSet());
        Set<Source> shown = sources.isEmpty()
                ? Set.of()
                : shown(view, stored.versions(sources)).keySet();
        return citations.stream().filter(said -> shown.contains(source(said))).collect(Collectors.toSet());
    }

    private static Source source(Citation said) {
        return new Source(said.type(), said.id(), said.version());
    }

    /** The current ones of some versions, as far as the caller may find them. */
    Readings read(RecordView view, Collection<Source> sources) {
        return new Readings(fhir, paths, pages, sources.isEmpty() ? Map.of() : shown(view, stored.current(sources)));
    }

    private Map<Source, WholeResource> shown(RecordView view, List<StoredResource> found) {
        Map<Source, WholeResource> shown = new HashMap<>();
        for (StoredResource resource : found) {
            try {
                WholeResource whole = ResourceLine.of(resource);
                if (reach.showsOf(view.caller(), view.patient(), resource, whole, Interaction.SEARCH)) {
                    shown.put(new Source(resource.type(), resource.id(), resource.version()), whole);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return shown;
    }

    /** A sentence with its citations; where what it is about does not hold, words that state nothing of it. */
    static Sentence sentence(Telling telling, Readings readings) {
        StringBuilder text = new StringBuilder();
        List<Citation> citations = new ArrayList<>();
        boolean isVerified = true;
        for (Fragment fragment : telling.fragments()) {
            Claim claim = fragment.claim();
            if (claim == null) {
                text.append(fragment.text());
                continue;
            }
            Optional<String> path = readings.holds(claim);
            if (path.isPresent()) {
                text.append(fragment.text());
                citations.add(claim.citation(path.get(), true));
            } else if (!fragment.isLeftOut()) {
                isVerified = false;
                citations.add(claim.citation(claim.paths().get(0), false));
            }
        }
        return new Sentence(
                isVerified ? text.append('.').toString().replace('\n', ' ') : UNVERIFIED,
                List.copyOf(citations),
                isVerified);
    }
}
