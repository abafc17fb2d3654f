package org.holovitals.server.importing;

import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.LenientErrorHandler;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what HAPI would drop in silence, and names the element but never its value: the message goes into a report.
 */
final class StrictParsing extends LenientErrorHandler {

    StrictParsing() {
        super(false);
    }

    /** A problem with a message of ours, which holds no value. */
    static final class Refusal extends DataFormatException {
        Refusal(String message) {
            super(message);
        }
    }

    @Override
    public void unknownElement(@Nullable IParseLocation location, String name) {
        throw new Refusal("has the unknown element " + printable(name) + in(location));
    }

    @Override
    public void unknownAttribute(@Nullable IParseLocation location, String name) {
        throw new Refusal("has the unknown attribute " + printable(name) + in(location));
    }

    @Override
    public void unexpectedRepeatingElement(@Nullable IParseLocation location, String name) {
        throw new Refusal("repeats the element " + printable(name) + in(location));
    }

    @Override
    public void invalidValue(@Nullable IParseLocation location, @Nullable String value, String problem) {
        if (value != null && !value.isBlank()) {
            throw new Refusal("has a value that is not legal" + in(location));
        }
    }

    @Override
    public void extensionContainsValueAndNestedExtensions(@Nullable IParseLocation location) {
        throw new Refusal("has an extension with both a value and extensions");
    }

    private static String in(@Nullable IParseLocation location) {
        String parent = location == null ? null : location.getParentElementName();
        return parent == null ? "" : " in " + printable(parent);
    }

    private static String printable(String name) {
        return name.matches("[A-Za-z_][A-Za-z0-9_\\[\\]]{0,63}") ? name : "(not a name)";
    }
}
