package org.holovitals.server.chat;

import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/** Checks the texts of a body; the problem names the field and never quotes it. */
final class Texts {
    static final int LONGEST_TITLE = 200;
    private static final int CUT = 80;

    private Texts() {}

    static String required(String field, @Nullable String value, int longest) {
        String text = value == null ? "" : value.strip();
        boolean isClean = text.chars().noneMatch(sign -> Character.isISOControl(sign) && sign != '\n' && sign != '\t');
        if (text.isEmpty() || text.length() > longest || !isClean) {
            throw new Problem(
                    ProblemType.INVALID_REQUEST, field + " has to be text of 1 to " + longest + " characters");
        }
        return text;
    }

    /** A title made of a question. */
    static String title(String question) {
        String line = question.replaceAll("\\s+", " ");
        return line.length() <= CUT
                ? line
                : line.substring(0, line.offsetByCodePoints(0, CUT - 1)).strip() + "…";
    }
}
