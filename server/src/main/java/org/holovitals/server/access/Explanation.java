package org.holovitals.server.access;

import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.holovitals.server.access.Decision.Rule;
import org.holovitals.server.access.Decision.Step;
import org.jspecify.annotations.Nullable;

/**
 * Why somebody may meet a resource or not, in words without clinical data.
 *
 * @param rule the rule that decided, such as {@code consent}
 * @param consent the row of the consent or denial that decided, if one did
 * @param steps what was asked, up to what decided
 */
public record Explanation(
        boolean permitted, String rule, @Nullable UUID consent, List<Asked> steps) {

    /**
     * One question on the way.
     *
     * @param step what was asked about, such as {@code scope}
     * @param passed whether the caller came past it
     * @param says what was found
     */
    public record Asked(String step, boolean passed, String says) {}

    static Explanation of(Decision decision) {
        Rule rule = decision.rule();
        List<Asked> passed = Stream.of(Step.values())
                .filter(step -> step.compareTo(rule.step()) < 0 && isAskedBefore(step, rule))
                .map(step -> new Asked(text(step), true, words(step)))
                .toList();
        return new Explanation(
                decision.permits(),
                text(rule),
                decision.consent(),
                Stream.concat(passed.stream(), Stream.of(new Asked(text(rule.step()), decision.permits(), words(rule))))
                        .toList());
    }

    /** The same without the consent, where it is not for the one who asks. */
    public Explanation withoutConsent() {
        return new Explanation(permitted, rule, null, steps);
    }

    /** Consents are not asked for where somebody's own scopes do not match. */
    private static boolean isAskedBefore(Step step, Rule rule) {
        return step != Step.CONSENT || rule != Rule.QUALIFIER;
    }

    private static String text(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String words(Step passed) {
        return switch (passed) {
            case TOKEN -> "The token would be accepted";
            case SCOPE -> "A scope is about this type and interaction";
            case TYPE -> "The type is one of patients' records";
            case RESOURCE -> "The resource is there";
            case RECORD -> "The resource is in the record of a patient";
            case CONSENT -> "The patient's consent is not needed or holds";
            case QUALIFIER -> "The search parameters of the scope match";
        };
    }

    private static String words(Rule rule) {
        return switch (rule) {
            case TOKEN -> "A patient's scope needs a patient, and a system's scope a service";
            case SCOPE -> "No scope is about this type and interaction";
            case TYPE -> "The type is not one of patients' records, nor one that may be read beside them";
            case UNKNOWN -> "There is no such resource";
            case ROLE -> "The person has no role that sees records";
            case COMPARTMENT -> "The resource is in no record that the person reaches";
            case NO_CONSENT -> "No consent of the patient is active for the person";
            case RESTRICTION -> "A consent is active, but is tied to other addresses or other apps";
            case PERMISSION -> "A consent is active, but does not permit this with this part of the record";
            case DENIAL -> "The patient does not show this part of the record to the person";
            case QUALIFIER -> "The search parameters of the scopes do not match the resource";
            case SERVICE -> "The service's scopes are about every record";
            case OWN_RECORD -> "It is the person's own record, or one that was linked to the person";
            case SHARED_TYPE -> "The type is about nobody, and may be read by whoever has the scope";
            case CONSENT -> "A consent of the patient permits it";
        };
    }
}
