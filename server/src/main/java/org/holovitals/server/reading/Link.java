package org.holovitals.server.reading;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.holovitals.server.reading.Page.Bounds;
import org.holovitals.server.reading.Page.Position;
import org.jspecify.annotations.Nullable;

/**
 * What a link to a page leads to.
 *
 * @param subject the type that is searched, or the patient of whom everything is read
 * @param parameters as the client gave them
 * @param bounds null of a first page
 * @param after null of a first page
 */
record Link(
        Subject subject,
        Map<String, List<String>> parameters,
        @Nullable Bounds bounds,
        @Nullable Position after) {

    /**
     * What is read.
     *
     * @param id of the patient of whom everything is read; null for a search
     */
    record Subject(String type, @Nullable String id) {}

    static Link first(Subject subject, Map<String, String[]> given) {
        Map<String, List<String>> parameters = new TreeMap<>();
        given.forEach((name, values) -> parameters.put(name, List.of(values)));
        return new Link(subject, parameters, null, null);
    }

    Link further(Bounds fixed, Position next) {
        return new Link(subject, parameters, fixed, next);
    }

    /** In HAPI's form. */
    Map<String, String[]> given() {
        Map<String, String[]> given = new TreeMap<>();
        parameters.forEach((name, values) -> given.put(name, values.toArray(String[]::new)));
        return given;
    }
}
