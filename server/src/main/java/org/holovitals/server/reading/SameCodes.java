package org.holovitals.server.reading;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Tells which codes mean the same, since something has them both, or each of them together with a third. */
final class SameCodes {
    private final Map<String, String> next = new HashMap<>();

    /** Codes of one thing; at least one. */
    void join(Collection<String> codes) {
        String first = first(codes.iterator().next());
        codes.forEach(code -> next.put(first(code), first));
    }

    /** The same for all codes that mean the same. */
    String first(String code) {
        String found = code;
        for (String further = next.get(found); further != null && !further.equals(found); further = next.get(found)) {
            found = further;
        }
        return found;
    }
}
