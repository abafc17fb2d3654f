package org.holovitals.server.reading;

import ca.uhn.fhir.rest.api.RequestTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    private static final Set<String> UNDERSTOOD =
            Set.of("_format", "_pretty", "_count", "_elements", "_since", "_type");

    private final Pages pages;
    private final RecordReach reach;

    Everything(Pages pages, RecordReach reach) {
        this.pages = pages;
        this.reach = reach;
    }

    /** A first page; empty for what HAPI has to answer. */
    Optional<Reading> first(RequestDetails request, Caller caller) {
        boolean isAsked = OPERATION.equals(request.getOperation())
                && PATIENT.equals(request.getResourceName())
                && request.getId() != null
                && request.getRequestType() == RequestTypeEnum.GET
                && UNDERSTOOD.containsAll(request.getParameters().keySet());
        return isAsked
                ? of(
                        request,
                        caller,
                        Link.first(
                                new Subject(PATIENT, request.getId().getIdPart()), Map.copyOf(request.getParameters())))
                : Optional.empty();
    }

    /** Whether HAPI cannot answer: it takes no {@code _since}, and by {@code _type} it leaves out what is referred to. */
    static boolean isOnlyHere(RequestDetails request) {
        return OPERATION.equals(request.getOperation())
                && request.getRequestType() == RequestTypeEnum.GET
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
