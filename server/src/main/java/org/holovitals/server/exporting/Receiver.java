package org.holovitals.server.exporting;

import java.io.IOException;
import java.util.Set;

/** Takes one by one what is taken out. */
public interface Receiver {

    /**
     * A current resource.
     *
     * @param line its JSON, without a line break
     * @param patients those of the selection's patients that it refers to or is; none when the selection names none
     */
    void resource(String type, String line, Set<String> patients) throws IOException;

    /** A resource that was deleted since the selection's {@code since}. */
    default void deleted(String type, String id) throws IOException {}
}
