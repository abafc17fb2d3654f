package org.holovitals.server.labs;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.holovitals.server.labs.ListedItem.Kind;
import org.jspecify.annotations.Nullable;

/**
 * A line that begins a list.
 *
 * @param kind null for a list of what is not taken any more, or of something else
 * @param rest what stands behind it on its line, such as the whole of a short list; empty for nothing
 * @param isTable whether its words are those above columns
 */
record ListHeading(@Nullable Kind kind, String rest, boolean isTable) {
    private static final String MEDICATIONS =
            "(?:(?:list )?(?:of )?(?:your |my |the )?(?:current |active |home |discharge |outpatient |new |prescribed |present )?"
                    + "(?:medications?|medicines|meds|prescriptions)(?: list| and doses)?(?: (?:at|on|upon) (?:discharge|admission|home))?"
                    + "(?: below| as of [\\d ]+)?"
                    + "|(?:continue|start|keep)(?: taking)?|change how you take|changed medications|new medications)";
    private static final String ALLERGIES =
            "(?:(?:do you have )?(?:any |known |drug |medication |food |environmental |patient )*allerg(?:y|ies)(?: list)?"
                    + "(?: (?:and |or )?(?:intolerances?|adverse reactions?|adverse drug reactions?|sensitivities))?(?: on file)?)";
    private static final String STOPPED = "(?:stop|stop taking|stopped|discontinued?|discontinue taking|do not take)"
            + "(?: these)?(?: medications| medicines)?";
    private static final Pattern MEDICATION = Pattern.compile(MEDICATIONS);
    private static final Pattern ALLERGY = Pattern.compile(ALLERGIES);
    private static final Pattern STOP = Pattern.compile(STOPPED);
    private static final Pattern INLINE = Pattern.compile("([^:?]{4,60})[:?]\\s*(.*)");
    private static final Set<String> COLUMNS = Set.of(
            "medication",
            "medications",
            "drug",
            "medicine",
            "name",
            "dose",
            "dosage",
            "strength",
            "route",
            "frequency",
            "sig",
            "directions",
            "instructions",
            "last",
            "taken",
            "start",
            "started",
            "date",
            "allergen",
            "allergy",
            "substance",
            "reaction",
            "reactions",
            "severity",
            "type",
            "status",
            "comments",
            "notes",
            "prescriber",
            "refills",
            "quantity",
            "qty",
            "reason",
            "indication",
            "how",
            "often",
            "noted",
            "onset");
    private static final Set<String> SECTIONS = Set.of(
            "immunizations",
            "vitals",
            "vital signs",
            "plan",
            "assessment",
            "problems",
            "problem list",
            "history",
            "diet",
            "past medical history",
            "social history",
            "family history",
            "procedures",
            "results",
            "labs",
            "follow up",
            "hospital course",
            "activity",
            "instructions",
            "diagnoses",
            "physical exam",
            "review of systems",
            "what s next");

    /** Empty for a line that begins nothing. */
    static Optional<ListHeading> of(String line) {
        String plain = Plain.name(line);
        Optional<Kind> table = table(plain);
        if (table.isPresent()) {
            return Optional.of(new ListHeading(table.get(), "", true));
        } else if (isHeading(plain)) {
            return Optional.of(new ListHeading(kind(plain), "", false));
        }
        Matcher inline = INLINE.matcher(line);
        if (inline.matches()) {
            String before = Plain.name(inline.group(1));
            return Optional.of(new ListHeading(isHeading(before) ? kind(before) : null, inline.group(2), false));
        }
        return isSection(line, plain) ? Optional.of(new ListHeading(null, "", false)) : Optional.empty();
    }

    private static boolean isHeading(String plain) {
        return MEDICATION.matcher(plain).matches()
                || ALLERGY.matcher(plain).matches()
                || STOP.matcher(plain).matches();
    }

    private static @Nullable Kind kind(String plain) {
        if (STOP.matcher(plain).matches()) {
            return null;
        }
        return ALLERGY.matcher(plain).matches() ? Kind.ALLERGY : Kind.MEDICATION;
    }

    /** Several words, all of which stand above columns. */
    private static Optional<Kind> table(String plain) {
        Set<String> words = Set.copyOf(Arrays.asList(plain.split(" ", -1)));
        if (words.size() < 2 || !COLUMNS.containsAll(words)) {
            return Optional.empty();
        } else if (words.contains("reaction") || words.contains("allergen") || words.contains("reactions")) {
            return Optional.of(Kind.ALLERGY);
        }
        boolean isMedication = words.contains("medication") || words.contains("drug") || words.contains("medicine");
        boolean isDosed = words.contains("dose")
                || words.contains("dosage")
                || words.contains("strength")
                || words.contains("frequency")
                || words.contains("sig")
                || words.contains("directions");
        return isMedication && isDosed ? Optional.of(Kind.MEDICATION) : Optional.empty();
    }

    /** Large letters without digits, or what other parts of documents are called. */
    private static boolean isSection(String line, String plain) {
        boolean isLarge = line.length() > 3
                && line.equals(line.toUpperCase(Locale.ROOT))
                && line.chars().noneMatch(Character::isDigit)
                && line.chars().filter(Character::isLetter).count() > 3;
        return SECTIONS.contains(plain) || isLarge;
    }
}
