package org.holovitals.server.fhir;

import ca.uhn.fhir.jpa.searchparam.registry.RuntimeSearchParamCache;
import ca.uhn.fhir.jpa.searchparam.registry.SearchParamRegistryImpl;
import ca.uhn.fhir.rest.server.util.ResourceSearchParams;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * HAPI's registry with the chosen built-in parameters in it and its answers remembered: HAPI filters the whole map
 * again at each call, which is a tenth of the cost of a write.
 */
final class SearchParameterRegistry extends SearchParamRegistryImpl {
    private final IndexedParameters indexed;
    /** Replaced, never cleared: an answer computed from the former parameters lands in the former map. */
    private volatile Map<Key, ResourceSearchParams> remembered = new ConcurrentHashMap<>();

    SearchParameterRegistry(IndexedParameters indexed) {
        this.indexed = indexed;
    }

    /** HAPI hands over what is stored; a stored SearchParameter of the same name wins over ours. */
    @Override
    public void setActiveSearchParams(RuntimeSearchParamCache active) {
        for (IndexedParameters.TypedParameter typed : indexed.all()) {
            if (active.get(typed.type(), typed.parameter().getName()) == null) {
                active.add(typed.type(), typed.parameter().getName(), typed.parameter());
            }
        }
        super.setActiveSearchParams(active);
        remembered = new ConcurrentHashMap<>();
    }

    @Override
    public ResourceSearchParams getActiveSearchParams(String type, SearchParamLookupContextEnum context) {
        Map<Key, ResourceSearchParams> current = remembered;
        Key key = new Key(type, context);
        ResourceSearchParams known = current.get(key);
        if (known != null) {
            return known;
        }
        ResourceSearchParams answer = super.getActiveSearchParams(type, context);
        current.put(key, answer);
        return answer;
    }

    private record Key(String type, SearchParamLookupContextEnum context) {}
}
