package org.holovitals.server.chat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.holovitals.server.finder.Danger;
import org.holovitals.server.finder.Finding;
import org.jspecify.annotations.Nullable;

/**
 * Whether an answer suffices, how far it can be relied on, and why somebody or something else has to look at the question.
 * The same question and finding always have the same verdict.
 */
final class EscalationPolicy {
    /** What asks for more than to find. */
    private static final Pattern COMPLEX = Pattern.compile(
            "\\b(why|explain|compare|comparison|interpret|mean|means|summari[sz]e|summary|relationship|related|correlat\\w*|caused?"
                    + "|because|effect of|impact|risk|predict|prognosis|analy[sz]e|analysis|assess)\\b");

    private static final double BY_RULE = 0.95;
    private static final double BY_SEARCH = 0.7;
    private static final double BY_MODEL = 0.7;
    private static final double NOTHING_BY_RULE = 0.8;
    private static final double NOTHING_BY_SEARCH = 0.3;
    private static final double AT_MOST_IF_COMPLEX = 0.5;
    private static final double AT_MOST_IF_UNVERIFIED = 0.4;
    private static final int DIGITS = 4;

    /** Intents that no rule has understood. */
    private static final Set<String> SEARCHES = Set.of("search", "quotes");

    private EscalationPolicy() {}

    /** Why. */
    enum Reason {
        SELF_HARM,
        EMERGENCY,
        DOSING,
        TREATMENT,
        DIAGNOSIS,
        /** A citation could not be verified. */
        UNVERIFIED,
        /** It asks for more than can be found. */
        COMPLEX,
        /** No rule understands it, and its words are not in the record. */
        NOT_UNDERSTOOD;

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Reason of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
        }

        /** Whether it is not for any program to answer. */
        boolean isForPeople() {
            return this != UNVERIFIED && this != COMPLEX && this != NOT_UNDERSTOOD;
        }

        /** How soon an analysis of the question ought to be done. */
        String priority() {
            return this == UNVERIFIED ? "high" : "normal";
        }
    }

    /**
     * The verdict.
     *
     * @param reason null where the answer suffices
     * @param confidence from 0 to 1
     */
    record Verdict(@Nullable Reason reason, BigDecimal confidence) {
        boolean needsEscalation() {
            return reason != null;
        }
    }

    static Verdict decide(String question, Finding finding) {
        Optional<Reason> reason = reason(question, finding);
        double confidence =
                switch (reason.orElse(Reason.EMERGENCY)) {
                    case COMPLEX -> Math.min(confidence(finding), AT_MOST_IF_COMPLEX);
                    case UNVERIFIED -> Math.min(confidence(finding), AT_MOST_IF_UNVERIFIED);
                    default -> confidence(finding);
                };
        return new Verdict(reason.orElse(null), BigDecimal.valueOf(confidence).setScale(DIGITS, RoundingMode.HALF_UP));
    }

    /** Of what a model said: it is relied on as far as its lines were checked. */
    static Verdict decide(ModelAnswer answer, boolean isComplete) {
        double checked = answer.lines().isEmpty()
                ? 0
                : 1 - (double) answer.unverified().size() / answer.lines().size();
        boolean isChecked = answer.unverified().isEmpty() && isComplete;
        return new Verdict(
                isChecked ? null : Reason.UNVERIFIED,
                BigDecimal.valueOf(isChecked ? BY_MODEL : Math.min(BY_MODEL * checked, AT_MOST_IF_UNVERIFIED))
                        .setScale(DIGITS, RoundingMode.HALF_UP));
    }

    private static Optional<Reason> reason(String question, Finding finding) {
        Danger danger = finding.danger();
        if (danger != null) {
            return Optional.of(Reason.valueOf(danger.name()));
        } else if (finding.kind() == Finding.Kind.CLOSED) {
            return Optional.empty();
        } else if (!finding.isVerified()) {
            return Optional.of(Reason.UNVERIFIED);
        } else if (COMPLEX.matcher(question.toLowerCase(Locale.ROOT)).find()) {
            return Optional.of(Reason.COMPLEX);
        }
        return finding.kind() == Finding.Kind.NOT_FOUND && isSearch(finding)
                ? Optional.of(Reason.NOT_UNDERSTOOD)
                : Optional.empty();
    }

    private static double confidence(Finding finding) {
        return switch (finding.kind()) {
            case UNSAFE, CLOSED -> 1;
            case FOUND -> (isSearch(finding) ? BY_SEARCH : BY_RULE) * finding.coverage();
            case NOT_FOUND -> isSearch(finding) ? NOTHING_BY_SEARCH : NOTHING_BY_RULE;
        };
    }

    private static boolean isSearch(Finding finding) {
        return SEARCHES.contains(finding.intent());
    }
}
