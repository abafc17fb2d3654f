package org.holovitals.server.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.model.api.IQueryParameterType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A condition on {@code _id} that no client can send: a resource is found by one of these searches, and by none of those.
 * It stands in a subquery, so that a resource which is found in several ways is still there once.
 *
 * <p>HAPI keeps it with a search that has further pages.
 *
 * @param within queries of the type that is searched, such as {@code subject=Patient/1&category=laboratory}, of which at
 *     least one finds the resource; there is no such condition when there are none
 * @param without queries of which none finds it
 */
public record Subset(List<String> within, List<String> without) implements IQueryParameterType {

    /** Copies the lists. */
    public Subset {
        within = List.copyOf(within);
        without = List.copyOf(without);
    }

    @Override
    public String getValueAsQueryToken() {
        return "within " + within + " without " + without;
    }

    @Override
    public String getQueryParameterQualifier() {
        return "";
    }

    @Override
    public void setValueAsQueryToken(FhirContext fhir, String parameter, String qualifier, String value) {
        throw new UnsupportedOperationException("no query has such a value");
    }

    @Override
    public boolean isEmpty() {
        return false;
    }

    @Override
    public @Nullable Boolean getMissing() {
        return null;
    }

    @Override
    public IQueryParameterType setMissing(Boolean missing) {
        throw new UnsupportedOperationException("no query has such a value");
    }
}
