package org.holovitals.server.cda;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Quantity;
import org.jspecify.annotations.Nullable;

/** HL7 version 3's data types as FHIR's. What has no value has no element here; nothing is made up. */
final class Types {
    private static final Pattern TIME =
            Pattern.compile("(\\d{4})(?:(\\d{2})(?:(\\d{2})(?:(\\d{2})(\\d{2})?(\\d{2})?(?:\\.(\\d{1,4}))?)?)?)?"
                    + "([+-]\\d{2}:?\\d{2}|Z)?");
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d{1,2})?");
    private static final String ABSENT = "http://terminology.hl7.org/CodeSystem/data-absent-reason";

    /** http://hl7.org/fhir/us/ccda: null flavors as reasons why data is absent. */
    private static final Map<String, String> ABSENCES = Map.of(
            "UNK", "unknown",
            "ASKU", "asked-unknown",
            "NAV", "temp-unknown",
            "NASK", "not-asked",
            "MSK", "masked",
            "NA", "not-applicable",
            "NINF", "negative-infinity",
            "PINF", "positive-infinity");

    private final Narrative narrative;
    private final String zone;
    private final Consumer<String> losses;

    /**
     * For the values of a section.
     *
     * @param zone for times that have none
     */
    Types(Narrative narrative, String zone, Consumer<String> losses) {
        this.narrative = narrative;
        this.zone = zone;
        this.losses = losses;
    }

    Narrative narrative() {
        return narrative;
    }

    /** A CD or CE with its translations and original text; null when it says nothing. */
    @Nullable
    CodeableConcept concept(Optional<Node> code) {
        if (code.isEmpty()) {
            return null;
        }
        CodeableConcept concept = new CodeableConcept();
        coding(code.get(), concept);
        code.get().all("translation").forEach(translation -> coding(translation, concept));
        String text = narrative.of(code.get().first("originalText"));
        if (text == null && concept.getCoding().isEmpty()) {
            text = code.get().attribute("displayName");
        }
        if (text != null) {
            concept.setText(text);
        }
        return concept.isEmpty() ? null : concept;
    }

    private static void coding(Node code, CodeableConcept concept) {
        String value = code.attribute("code");
        if (value == null) {
            return;
        }
        Coding coding = new Coding().setCode(value).setDisplay(code.attribute("displayName"));
        String system = code.attribute("codeSystem");
        if (system != null) {
            coding.setSystem(Systems.of(system));
        }
        concept.addCoding(coding);
    }

    /** A CD of whatever element, or a text where it has none. */
    @Nullable
    CodeableConcept conceptOr(Optional<Node> code, @Nullable String text) {
        CodeableConcept concept = concept(code);
        if (concept == null) {
            return text == null ? null : new CodeableConcept().setText(text);
        }
        return concept;
    }

    /** An II; null when it has no root, as one with a null flavor. */
    static @Nullable Identifier identifier(Node id) {
        String root = id.attribute("root");
        String extension = id.attribute("extension");
        if (root == null) {
            return null;
        } else if (extension == null) {
            return new Identifier().setSystem("urn:ietf:rfc:3986").setValue(urn(root));
        }
        return new Identifier()
                .setSystem(isUuid(root) ? urn(root) : Systems.of(root))
                .setValue(extension);
    }

    private static boolean isUuid(String root) {
        try {
            return root.length() == 36 && UUID.fromString(root).version() >= 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String urn(String root) {
        return isUuid(root) ? "urn:uuid:" + root.toLowerCase(Locale.ROOT) : "urn:oid:" + root;
    }

    /** A TS of any precision; null when it has no value or an impossible one. FHIR knows no hour without minute. */
    @Nullable
    DateTimeType time(@Nullable String value) {
        DateTimeType time = value == null ? null : parsed(value);
        if (value != null && time == null) {
            losses.accept("a time that is not legal is left out");
        }
        return time;
    }

    private @Nullable DateTimeType parsed(String value) {
        Matcher matcher = TIME.matcher(value.trim());
        if (!matcher.matches()) {
            return null;
        }
        StringBuilder time = new StringBuilder(matcher.group(1));
        if (matcher.group(2) != null) {
            time.append('-').append(matcher.group(2));
        }
        if (matcher.group(3) != null) {
            time.append('-').append(matcher.group(3));
        }
        if (matcher.group(5) != null) {
            time.append('T').append(matcher.group(4)).append(':').append(matcher.group(5));
            time.append(':').append(matcher.group(6) == null ? "00" : matcher.group(6));
            if (matcher.group(7) != null) {
                time.append('.').append(matcher.group(7));
            }
            time.append(zone(matcher.group(8)));
        }
        try {
            DateTimeType parsed = new DateTimeType(time.toString());
            return parsed.getValue() == null ? null : parsed;
        } catch (IllegalArgumentException | ca.uhn.fhir.parser.DataFormatException e) {
            return null;
        }
    }

    private String zone(@Nullable String said) {
        String zoned = said == null ? zone : said;
        return zoned.length() == 5 ? zoned.substring(0, 3) + ":" + zoned.substring(3) : zoned;
    }

    /** The zone that a time names, if it does. */
    static Optional<String> zoneOf(@Nullable String time) {
        Matcher matcher = TIME.matcher(time == null ? "" : time.trim());
        return matcher.matches() ? Optional.ofNullable(matcher.group(8)) : Optional.empty();
    }

    @Nullable
    DateTimeType time(Optional<Node> node) {
        return node.map(each -> time(each.attribute("value"))).orElse(null);
    }

    /** When it began, or was: the value, low or centre of an IVL_TS. */
    @Nullable
    DateTimeType begin(Optional<Node> interval) {
        if (interval.isEmpty()) {
            return null;
        }
        DateTimeType value = time(interval);
        DateTimeType low = value == null ? time(interval.get().first("low")) : value;
        return low == null ? time(interval.get().first("center")) : low;
    }

    /** When it ended. */
    @Nullable
    DateTimeType end(Optional<Node> interval) {
        return interval.map(node -> time(node.first("high"))).orElse(null);
    }

    /** A DateTime or a Period, or null. */
    org.hl7.fhir.r4.model.@Nullable Type moment(Optional<Node> interval) {
        DateTimeType begin = begin(interval);
        DateTimeType end = end(interval);
        if (end == null) {
            return begin;
        }
        Period period = new Period().setEndElement(end);
        if (begin != null) {
            period.setStartElement(begin);
        }
        return begin != null && begin.getValueAsString().equals(end.getValueAsString()) ? begin : period;
    }

    /** A PQ; null when it has no number. */
    static @Nullable Quantity quantity(Node node) {
        BigDecimal number = number(node.attribute("value"));
        if (number == null) {
            return null;
        }
        Quantity quantity = new Quantity().setValue(number);
        String unit = node.attribute("unit");
        if (unit != null) {
            quantity.setUnit(unit);
            if (!unit.contains(" ")) {
                quantity.setSystem(Systems.UCUM).setCode(unit);
            }
        }
        return quantity;
    }

    static @Nullable BigDecimal number(@Nullable String text) {
        return text != null && NUMBER.matcher(text).matches() ? new BigDecimal(text) : null;
    }

    /** Why something is absent. */
    static CodeableConcept absent(@Nullable String nullFlavor) {
        return new CodeableConcept()
                .addCoding(new Coding()
                        .setSystem(ABSENT)
                        .setCode(ABSENCES.getOrDefault(nullFlavor == null ? "" : nullFlavor, "unknown")));
    }
}
