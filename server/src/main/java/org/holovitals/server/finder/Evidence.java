package org.holovitals.server.finder;

import java.util.List;

/**
 * Something that the record holds about a question, for whoever answers it in words of his own.
 *
 * @param sentence as the finder would tell it, with verified citations
 * @param resources what it was read from
 */
public record Evidence(Sentence sentence, List<Resource> resources) {

    /** A resource as it is stored. */
    public record Resource(String type, String id, long version, String json) {}
}
