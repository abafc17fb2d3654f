package org.holovitals.server.bulk;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.model.dao.JpaPid;
import ca.uhn.fhir.jpa.searchparam.MatchUrlService;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The searches of {@code _typeFilter}: only which resources they find counts. */
final class TypeFilters {
    /** What says how a search is answered, or what comes beside what it finds. */
    private static final Pattern HOW = Pattern.compile("_(sort|count|offset|total|summary|elements|contained"
            + "|containedType|format|pretty|since|include|revinclude|score|maxresults)(:.*)?");

    private final FhirContext fhir;
    private final DaoRegistry daos;
    private final MatchUrlService searches;

    TypeFilters(FhirContext fhir, DaoRegistry daos, MatchUrlService searches) {
        this.fhir = fhir;
        this.daos = daos;
        this.searches = searches;
    }

    /** The type that a filter is about. */
    static String typeOf(String filter) {
        int end = filter.indexOf('?');
        return end < 0 ? filter : filter.substring(0, end);
    }

    /** Why a filter cannot be carried out, in words for the client. */
    Optional<String> problem(String filter) {
        String type = typeOf(filter);
        if (!fhir.getResourceTypes().contains(type) || filter.length() <= type.length() + 1) {
            return Optional.of("A _typeFilter is a search such as Observation?category=laboratory");
        }
        for (String parameter : filter.substring(type.length() + 1).split("&", -1)) {
            String name = parameter.split("=", 2)[0];
            if (HOW.matcher(name).matches()) {
                return Optional.of("A _typeFilter selects resources; " + name + " in one of " + type + " does not");
            }
        }
        try {
            read(filter);
            return Optional.empty();
        } catch (BaseServerResponseException | IllegalArgumentException e) {
            return Optional.of("A _typeFilter of " + type + " cannot be carried out: " + e.getMessage());
        }
    }

    /** The rows of HAPI's resource table that any of the filters of a type finds, by type. */
    Map<String, List<Long>> find(List<String> filters) {
        Map<String, List<Long>> found = new TreeMap<>();
        for (String filter : filters) {
            List<Long> rows = found.computeIfAbsent(typeOf(filter), type -> new ArrayList<>());
            List<JpaPid> ids = daos.getResourceDao(
                            fhir.getResourceDefinition(typeOf(filter)).getImplementingClass())
                    .searchForIds(read(filter).setLoadSynchronous(true), new SystemRequestDetails());
            ids.forEach(id -> rows.add(id.getId()));
        }
        return found;
    }

    private SearchParameterMap read(String filter) {
        return searches.translateMatchUrl(filter, fhir.getResourceDefinition(typeOf(filter)));
    }
}
