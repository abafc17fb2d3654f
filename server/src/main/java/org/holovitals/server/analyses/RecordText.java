package org.holovitals.server.analyses;

import org.holovitals.server.context.Passage;
import org.holovitals.server.stored.StoredResource;

/**
 * What a row of the typed tables or a piece of a document says, with the resource that it was made of.
 *
 * @param page of the document, from 1; 0 where there are none
 */
record RecordText(StoredResource resource, int page, String heading, String text) {
    private static final String PAGE = "#page=";

    /** The resource's version, by which it is cited, and the page. */
    String source() {
        String version = resource.type() + "/" + resource.id() + "/_history/" + resource.version();
        return page == 0 ? version : version + PAGE + page;
    }

    /** A source without its page. */
    static String withoutPage(String source) {
        int page = source.indexOf(PAGE);
        return page < 0 ? source : source.substring(0, page);
    }

    Passage passage() {
        return new Passage(source(), heading, text, false);
    }
}
