package org.holovitals.server.documents;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** How a document belongs to another: FHIR's codes (http://hl7.org/fhir/R4/valueset-document-relationship-type.html) and one more. */
enum Relationship {
    /** It takes the other's place. */
    @JsonProperty("replaces")
    REPLACES,
    /** It is the other in another form, such as a translation. */
    @JsonProperty("transforms")
    TRANSFORMS,
    /** It is a signature of the other. */
    @JsonProperty("signs")
    SIGNS,
    /** It adds to the other. */
    @JsonProperty("appends")
    APPENDS,
    /** In any other way. */
    @JsonProperty("related")
    RELATED;

    /** As it stands in the table. */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
