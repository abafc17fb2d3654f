package org.holovitals.server.fhir;

import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.LenientErrorHandler;
import ca.uhn.fhir.parser.json.BaseJsonLikeValue.ScalarType;
import ca.uhn.fhir.parser.json.BaseJsonLikeValue.ValueType;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what HAPI would drop in silence, such as an element that R4 does not know. A record server that acknowledges
 * data it has not kept loses it.
 */
public final class StrictParsing extends LenientErrorHandler {
    /** HAPI asks the one handler of its FhirContext, whatever the request. */
    private static final ThreadLocal<Boolean> TOLERATED = ThreadLocal.withInitial(() -> false);

    private final boolean quotesValues;

    private StrictParsing(boolean quotesValues) {
        super(false);
        this.quotesValues = quotesValues;
        setErrorOnInvalidValue(true);
    }

    /** For an answer to the one who sent the resource. */
    static StrictParsing quotingValues() {
        return new StrictParsing(true);
    }

    /** For a report that others may read: every refusal is a {@link Refusal}, which names elements and no values. */
    public static StrictParsing withoutValues() {
        return new StrictParsing(false);
    }

    /** Lets this thread parse what is only going to be validated; a request that sets it takes it back. */
    static void tolerate(boolean tolerated) {
        if (tolerated) {
            TOLERATED.set(true);
        } else {
            TOLERATED.remove();
        }
    }

    /** A problem whose message is ours and holds no value. */
    public static final class Refusal extends DataFormatException {
        Refusal(String message) {
            super(message);
        }
    }

    @Override
    public void unknownElement(@Nullable IParseLocation location, String name) {
        refuse("Unknown element " + quoted(name) + in(location));
    }

    @Override
    public void unknownAttribute(@Nullable IParseLocation location, String name) {
        refuse("Unknown attribute " + quoted(name) + in(location));
    }

    @Override
    public void unexpectedRepeatingElement(@Nullable IParseLocation location, String name) {
        refuse("Element " + quoted(name) + " may not repeat" + in(location));
    }

    @Override
    public void extensionContainsValueAndNestedExtensions(@Nullable IParseLocation location) {
        refuse("An extension has both a value and extensions" + in(location));
    }

    @Override
    public void incorrectJsonType(
            @Nullable IParseLocation location,
            String name,
            ValueType expected,
            @Nullable ScalarType expectedScalar,
            ValueType found,
            @Nullable ScalarType foundScalar) {
        // HAPI keeps an object where an array belongs, and a scalar whatever its kind.
        boolean isKept = found == expected || found == ValueType.NULL || expected == ValueType.ARRAY;
        if (!isKept) {
            refuse("Element " + quoted(name) + " has to be a JSON " + named(expected) + " and is a JSON " + named(found)
                    + in(location));
        }
    }

    private static String named(ValueType type) {
        return type == ValueType.OBJECT ? "object" : type == ValueType.ARRAY ? "array" : "value";
    }

    @Override
    public void invalidValue(@Nullable IParseLocation location, @Nullable String value, String problem) {
        if (quotesValues && !TOLERATED.get()) {
            super.invalidValue(location, value, problem);
        } else if (value != null && !value.isBlank()) {
            refuse("Illegal value" + in(location));
        }
    }

    private static void refuse(String message) {
        if (!TOLERATED.get()) {
            throw new Refusal(message);
        }
    }

    private static String in(@Nullable IParseLocation location) {
        String parent = location == null ? null : location.getParentElementName();
        return parent == null ? "" : " in " + quoted(parent);
    }

    /** Who writes no FHIR may have a person's data where names belong. */
    private static String quoted(String name) {
        return name.matches("[A-Za-z_][A-Za-z0-9_\\[\\]]{0,63}") ? "'" + name + "'" : "(not a name)";
    }
}
