package org.holovitals.server.labs;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.holovitals.server.labs.ListedItem.Kind;
import org.holovitals.server.texts.PageText;
import org.jspecify.annotations.Nullable;

/**
 * Finds lists of medications and allergies where a document plainly has them: a line that says so and nothing else, and below it
 * lines with a mark or a number before each. The first line without ends the list.
 */
public final class ItemLists {
    private static final int LONGEST = 150;
    private static final Map<String, Kind> HEADINGS = Map.ofEntries(
            Map.entry("medications", Kind.MEDICATION),
            Map.entry("medication list", Kind.MEDICATION),
            Map.entry("current medications", Kind.MEDICATION),
            Map.entry("active medications", Kind.MEDICATION),
            Map.entry("home medications", Kind.MEDICATION),
            Map.entry("discharge medications", Kind.MEDICATION),
            Map.entry("allergies", Kind.ALLERGY),
            Map.entry("allergy list", Kind.ALLERGY),
            Map.entry("known allergies", Kind.ALLERGY),
            Map.entry("drug allergies", Kind.ALLERGY),
            Map.entry("allergies and intolerances", Kind.ALLERGY));

    private static final Pattern ITEM = Pattern.compile("(?:[-–—•*·●▪◦]|\\d{1,2}[.)])\\s*(\\S.*)");
    private static final Pattern LETTERS = Pattern.compile(".*\\p{L}{3}.*");

    /** What says that there is nothing, or that it was stopped. */
    private static final Pattern NOTHING =
            Pattern.compile("(?:no|none|not|nil|nka|nkda|denies|unknown|stopped|discontinued)\\b.*");

    /** The lines of the lists on a page, from top to bottom. */
    public List<ListedItem> of(PageText page) {
        List<ListedItem> found = new ArrayList<>();
        Kind kind = null;
        for (ReportLine line : ReportLine.of(page)) {
            String text = line.text(0, line.words().size());
            Matcher item = ITEM.matcher(text);
            if (kind != null && item.matches()) {
                add(found, kind, item.group(1), line, page);
            } else if (!text.isEmpty()) {
                kind = heading(text);
            }
        }
        return found;
    }

    private static @Nullable Kind heading(String text) {
        return HEADINGS.get(Plain.name(text));
    }

    private static void add(List<ListedItem> found, Kind kind, String text, ReportLine line, PageText page) {
        boolean isNothing = NOTHING.matcher(text.toLowerCase(Locale.ROOT)).matches();
        if (!isNothing && text.length() <= LONGEST && LETTERS.matcher(text).matches()) {
            double confidence = line.confidence(0, line.words().size());
            found.add(new ListedItem(kind, text, confidence, page.number(), line.box()));
        }
    }
}
