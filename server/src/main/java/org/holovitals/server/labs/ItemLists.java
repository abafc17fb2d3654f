package org.holovitals.server.labs;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.holovitals.server.labs.ListedItem.Kind;
import org.holovitals.server.texts.PageText;
import org.jspecify.annotations.Nullable;

/**
 * Finds lists of medications and allergies where a document plainly has them: below a line that says so, as lines with a mark or a
 * number before each, as lines with a dose or as rows of a table; or behind it, between commas.
 */
public final class ItemLists {
    private static final int LONGEST = 150;
    private static final int LONGEST_ROW = 8;
    private static final Pattern MARKED =
            Pattern.compile("(?:[-–—•*·●▪◦]|\\d{1,2}[.)]|(?i:rx)\\s?#?:?\\s?\\d{4,12})\\s*(\\S.*)");
    private static final Pattern LETTERS = Pattern.compile(".*\\p{L}{3}.*");
    private static final Pattern DOSE = Pattern.compile(
            ".*\\d\\s?(?:mg|mcg|µg|g|ml|meq|iu|units?|%|tablets?|tabs?|capsules?|caps?|puffs?|drops?|sprays?)\\b.*",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern OUTSIDE_BRACKETS =
            Pattern.compile("\\s*,\\s*(?:and\\s+)?(?![^(]*\\))|\\s*;\\s*(?![^(]*\\))");
    private static final Pattern SEMICOLONS = Pattern.compile("\\s*;\\s*(?![^(]*\\))");
    private static final Pattern YES = Pattern.compile("(?i)yes\\b[\\s,:–-]*");

    /** What says that there is nothing, that it was stopped, or that it stands elsewhere. */
    private static final Pattern NOTHING = Pattern.compile(
            "(?:no|none|not|nil|n/a|nka|nkda|nkma|nkfa|denies|denied|unknown|stopped|discontinued|see|reviewed|updated|verified|per|as|yes)\\b.*");

    /** The lines of the lists on a page, from top to bottom. */
    public List<ListedItem> of(PageText page) {
        return new Reading(page).items();
    }

    /** One page, line by line. */
    private static final class Reading {
        private final PageText page;
        private final List<ListedItem> found = new ArrayList<>();
        private @Nullable Kind kind;
        private boolean isTable;
        private boolean isBegun;
        private boolean isContinued;

        Reading(PageText page) {
            this.page = page;
        }

        List<ListedItem> items() {
            for (ReportLine line : ReportLine.of(page)) {
                String text = line.text(0, line.words().size());
                if (!text.isEmpty()) {
                    read(line, text);
                }
            }
            return found;
        }

        private void read(ReportLine line, String text) {
            Matcher marked = MARKED.matcher(text);
            if (marked.matches()) {
                item(line, marked.group(1));
                isContinued = false;
            } else if (kind == Kind.MEDICATION && DOSE.matcher(text).matches() && !isSentence(text)) {
                item(line, text);
            } else {
                other(line, text, ListHeading.of(text));
            }
        }

        /** A heading, a row of a table, or a line that goes on with the item above; else the list is at its end. */
        private void other(ReportLine line, String text, Optional<ListHeading> heading) {
            if (heading.isPresent()) {
                begin(line, heading.get());
            } else if (isTable && kind == Kind.ALLERGY && line.words().size() <= LONGEST_ROW && !isSentence(text)) {
                item(line, text);
            } else if (isBegun && !isContinued && kind != null) {
                isContinued = true;
            } else {
                kind = null;
            }
        }

        private void begin(ReportLine line, ListHeading heading) {
            kind = heading.kind();
            isTable = heading.isTable();
            isBegun = false;
            isContinued = false;
            String rest = YES.matcher(heading.rest()).replaceFirst("");
            if (kind == null || rest.isEmpty()) {
                return;
            }
            String bare = rest.replaceAll("\\.$", "");
            Pattern between = SEMICOLONS.matcher(bare).find() ? SEMICOLONS : OUTSIDE_BRACKETS;
            for (String each : between.split(bare, -1)) {
                if (kind == Kind.ALLERGY || DOSE.matcher(each).matches()) {
                    item(line, each);
                }
            }
            kind = null;
        }

        private void item(ReportLine line, String text) {
            Kind of = kind;
            boolean isNothing = NOTHING.matcher(text.toLowerCase(Locale.ROOT)).matches();
            if (of != null
                    && !isNothing
                    && text.length() <= LONGEST
                    && LETTERS.matcher(text).matches()) {
                double confidence = line.confidence(0, line.words().size());
                found.add(new ListedItem(of, text.strip(), confidence, page.number(), line.box()));
                isBegun = true;
            }
        }

        private static boolean isSentence(String text) {
            return text.endsWith(".") && text.split(" ", -1).length > LONGEST_ROW;
        }
    }
}
