package org.holovitals.server.fhir;

import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.LenientErrorHandler;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what HAPI would drop in silence: an element or attribute that R4 does not know. A record server that
 * acknowledges data it has not kept loses it.
 */
final class UnknownElements extends LenientErrorHandler {

    UnknownElements() {
        super(false);
        setErrorOnInvalidValue(true);
    }

    @Override
    public void unknownElement(@Nullable IParseLocation location, String name) {
        throw new DataFormatException("Unknown element '" + name + "'" + at(location));
    }

    @Override
    public void unknownAttribute(@Nullable IParseLocation location, String name) {
        throw new DataFormatException("Unknown attribute '" + name + "'" + at(location));
    }

    @Override
    public void unexpectedRepeatingElement(@Nullable IParseLocation location, String name) {
        throw new DataFormatException("Element '" + name + "' may not repeat" + at(location));
    }

    @Override
    public void extensionContainsValueAndNestedExtensions(@Nullable IParseLocation location) {
        throw new DataFormatException("An extension has both a value and extensions" + at(location));
    }

    private static String at(@Nullable IParseLocation location) {
        return location == null || location.getParentElementName() == null
                ? ""
                : " in " + location.getParentElementName();
    }
}
