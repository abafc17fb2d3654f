package org.holovitals.server.reading;

import ca.uhn.fhir.rest.api.RequestTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.holovitals.server.access.Caller;
import org.holovitals.server.access.RecordReach;
import org.holovitals.server.reading.Link.Subject;
import org.holovitals.server.reading.Pages.Kind;
import org.holovitals.server.reading.Pages.Wanted;
import org.holovitals.server.reading.PatientSearch.Order;
import org.holovitals.server.reading.RecordReader.Reading;

/**
 * {@code Patient/[id]/$everything}: the patient first, then what refers to her, and what that refers to in turn, but for
 * other patients. The links are the ones that HAPI follows.
 */
final class Everything {
    private static final String PATIENT = "Patient";
    private static final String OPERATION = "$everything";
    private static final Set<String> UNDERSTOOD = Stream.concat(
                    Stream.of("_format", "_pretty", "_count", "_elements"), Extract.PARAMETERS.stream())
            .collect(Collectors.toUnmodifiableSet());

    private final Pages pages;
    private final RecordReach reach;

    Everything(Pages pages, RecordReach reach) {
        this.pages = pages;
        this.reach = reach;
    }

    /** A first page; empty for what HAPI has to answer. Throws what becomes a 400 where it would pass over {@code _since}. */
    Optional<Reading> first(RequestDetails request, Caller caller) {
        if (!OPERATION.equals(request.getOperation()) || !PATIENT.equals(request.getResourceName())) {
            return Optional.empty();
        }
        Optional<Reading> reading = request.getRequestType() == RequestTypeEnum.GET
                        && UNDERSTOOD.containsAll(request.getParameters().keySet())
                ? of(request, caller, link(request))
                : Optional.empty();
        if (reading.isEmpty() && request.getParameters().containsKey("_since")) {
            throw new InvalidRequestException(
                    "$everything with _since takes, by GET, _type, _count, and _elements by names at the root of resources");
        }
        return reading;
    }

    private static Link link(RequestDetails request) {
        return Link.first(new Subject(PATIENT, request.getId().getIdPart()), Map.copyOf(request.getParameters()));
    }

    /** Whether HAPI cannot answer: it takes no {@code _since}, and by {@code _type} it leaves out what is referred to. */
    static boolean isOnlyHere(RequestDetails request) {
        return OPERATION.equals(request.getOperation())
                && Extract.PARAMETERS.stream().anyMatch(request.getParameters()::containsKey);
    }

    /** The page of a link. */
    Optional<Reading> of(RequestDetails request, Caller caller, Link link) {
        Controls controls = Controls.of(request, link.given());
        String id = link.subject().id();
        if (id == null || !controls.isClear() || controls.count() == 0 || !reach.covers(PATIENT)) {
            return Optional.empty();
        }
        Extract extract = Extract.of(request.getFhirContext(), link.given());
        // What is hidden is not counted, and nobody knows it before each has been looked at.
        PatientSearch search = search(id, extract, controls.count(), caller.isService() && extract.isWhole());
        return controls.elements()
                .map(elements -> new Wanted(search, link, Kind.EVERYTHING, elements, extract::has))
                .map(wanted -> () -> pages.read(request, caller, wanted));
    }

    /** The patient is always found, since she has to be looked at. */
    private static PatientSearch search(String id, Extract extract, int count, boolean isCounted) {
        return new PatientSearch(
                Sql.of("""
                        with recursive patient as (
                            select res_id from fhir.hfj_resource where res_type = 'Patient' and fhir_id = ?
                        ), reached as (
                            (select res_id from patient
                             union
                             select l.src_resource_id from patient p
                             join fhir.hfj_res_link l on l.target_resource_id = p.res_id
                             where l.source_resource_type not in ('Group', 'List'))
                            union
                            select l.target_resource_id from reached
                            join fhir.hfj_res_link l on l.src_resource_id = reached.res_id
                            where l.target_resource_id is not null and l.target_resource_type <> 'Patient'
                              and l.source_resource_type not in ('Provenance', 'List', 'Group')
                        )
                        select res_id, res_id = (select res_id from patient) as is_patient from reached""", id),
                extract.isWhole() ? Sql.of("true") : Sql.any(List.of(Sql.of("c.is_patient"), extract.criterion())),
                new Order(Sql.of("case when c.is_patient then timestamp '1970-01-01' end"), false),
                count,
                isCounted,
                List.of());
    }
}
