package org.holovitals.server.analyses;

import org.holovitals.server.context.Passage;
import org.holovitals.server.stored.StoredResource;

/** What a row of the typed tables says, with the resource that it was made of. */
record RecordText(StoredResource resource, String heading, String text) {

    /** The resource's version, by which it is cited. */
    String source() {
        return resource.type() + "/" + resource.id() + "/_history/" + resource.version();
    }

    Passage passage() {
        return new Passage(source(), heading, text, false);
    }
}
