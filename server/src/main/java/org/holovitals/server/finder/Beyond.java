package org.holovitals.server.finder;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Questions that the rules would answer with something else than was asked: about somebody whose record this is not, or about all
 * but something. Nothing is better than that.
 */
final class Beyond {
    private static final String SOMEBODY =
            "(husband|wife|spouse|partner|boyfriend|girlfriend|fiancee?|son|daughter|child|children"
                    + "|kids?|baby|nephew|niece|cousin|friend|neighbou?r|boss|colleague|roommate|stepson|stepdaughter|dog|cat)";

    private static final Pattern OF_OWN = Pattern.compile(" (?:my|our) (?:\\w+ )?" + SOMEBODY + " ");
    private static final Pattern OF_PATIENT = Pattern.compile(" (?:patients?|pts?|his|her|their) " + SOMEBODY + " ");
    private static final Pattern LEFT_OUT = Pattern.compile(
            " (other than|except(?: for)?|besides|apart from|aside from|excluding|not including|but not) ");

    private static final Pattern STOPPED =
            Pattern.compile(" (?:stop|stopped|stopping|discontinued|ended) (?:\\w+ ){0,2}"
                    + "(?:in|during|since|after|before|until) (?:19|20)\\d\\d ");

    private Beyond() {}

    /**
     * Why nothing is said. A parent who talks about a child's record may call it his child's.
     *
     * @param isOwn whether it is the caller's own record
     */
    static Optional<Sentence> of(Words question, Plan plan, boolean isOwn) {
        Matcher somebody = (isOwn ? OF_OWN : OF_PATIENT).matcher(question.plain());
        if (somebody.find() && !plan.areas().contains(Area.FAMILY)) {
            return Optional.of(Sentence.plain("This record is about one person, and not about the " + somebody.group(1)
                    + ", so nothing is said. Only its family history tells of others."));
        }
        if (STOPPED.matcher(question.plain()).find() && plan.areas().contains(Area.MEDICATIONS)) {
            return Optional.of(Sentence.plain(
                    "Orders tell when something was ordered, and not when it was stopped, so nothing is said."));
        }
        Matcher leftOut = LEFT_OUT.matcher(question.plain());
        return leftOut.find()
                ? Optional.of(Sentence.plain("The question leaves something out (“" + leftOut.group(1)
                        + "”), which cannot be done here, so nothing is said. Ask for the whole instead."))
                : Optional.empty();
    }
}
