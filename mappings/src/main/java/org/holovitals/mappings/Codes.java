package org.holovitals.mappings;

import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.CodeType;
import org.jspecify.annotations.Nullable;

/** Sets the elements whose codes FHIR closes. */
final class Codes {
    private Codes() {}

    /** Sets, or adds to a list; a null code leaves the element out, an unknown one is refused by HAPI's model. */
    static void set(Base holder, String element, @Nullable String code) {
        if (code != null) {
            holder.setProperty(element, new CodeType(code));
        }
    }
}
