package org.holovitals.server.egress;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes out of a text what tells whose it is: what is known of the record, and what looks like an address, a phone number or
 * a number of a person. Names that the record does not know and no pattern tells are not found.
 */
final class Masking {
    /** Without letters, so that it is nobody's name. */
    static final String MASK = "[***]";

    private static final List<Pattern> PATTERNS = List.of(
            Pattern.compile("(?i)\\bhttps?://\\S+|\\bwww\\.\\S+"),
            Pattern.compile("[\\p{L}\\p{N}_.+-]+@[\\p{L}\\p{N}-]+(?:\\.[\\p{L}\\p{N}-]+)+"),
            Pattern.compile("(?i)\\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\\b"),
            Pattern.compile(
                    "(?i)\\b(?:mrn|ssn|(?:medical )?record (?:number|no\\.?)|patient (?:id|number|no\\.?)|member (?:id|number)"
                            + "|policy(?: number| no\\.?)?|account(?: number| no\\.?)?|accession(?: number| no\\.?)?)\\b[\\s:#]*"
                            + "(?=[A-Z0-9-]*\\d)[A-Z0-9-]{3,}"),
            Pattern.compile("\\b\\d{3}-\\d{2}-\\d{4}\\b"),
            Pattern.compile(
                    "(?<![\\w.])(?:\\+\\d{1,3}[ .-]?)?(?:\\(\\d{2,4}\\)\\s?|\\d{2,4}[ .-])\\d{3,4}[ .-]\\d{3,4}(?![\\w])"),
            Pattern.compile("(?<![\\w.])\\+\\d[\\d ().-]{6,}\\d"),
            Pattern.compile("(?<![\\w.])\\d{9,}(?![\\w.])"),
            Pattern.compile(
                    "\\b\\d{1,5}[A-Za-z]?\\s+(?:[\\p{Lu}\\d][\\p{L}\\d'.-]*\\s+){1,4}(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd"
                            + "|Lane|Ln|Drive|Court|Ct|Way|Place|Square|Terrace|Highway|Hwy)\\b\\.?(?:,?\\s+(?:Apt|Suite|Unit)"
                            + "\\s*\\S+)?"));

    private final Identifiers known;
    private final RelativeDates dates;

    Masking(Identifiers known, RelativeDates dates) {
        this.known = known;
        this.dates = dates;
    }

    String mask(String text) {
        String masked = dates.hide(names(text));
        for (Pattern pattern : PATTERNS) {
            masked = pattern.matcher(masked).replaceAll(Matcher.quoteReplacement(MASK));
        }
        // What a mask has cut apart may read as a name again.
        while (known.areIn(masked)) {
            masked = names(masked);
        }
        return masked;
    }

    private String names(String text) {
        StringBuilder masked = new StringBuilder();
        int at = 0;
        for (Identifiers.Span span : known.in(text)) {
            masked.append(text, at, span.from()).append(MASK);
            at = span.to();
        }
        return masked.append(text, at, text.length()).toString();
    }
}
