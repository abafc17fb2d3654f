package org.holovitals.server.access;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whether a caller may meet one resource, and by which rule.
 *
 * @param consent the row of the consent or denial that decided, if one did
 */
record Decision(Rule rule, @Nullable UUID consent) {
    static final Decision NO_CONSENT = new Decision(Rule.NO_CONSENT, null);

    /** With nobody's consent. */
    static Decision by(Rule rule) {
        return new Decision(rule, null);
    }

    boolean permits() {
        return rule.permits;
    }

    /** The one that came further; it says more of why the caller is refused. */
    Decision orFurther(Decision other) {
        return other.rule.compareTo(rule) > 0 ? other : this;
    }

    /** What can decide, in the order in which it is asked; those that permit come last. */
    enum Rule {
        /** The token says one thing and the other, such as a patient's scope without a patient. */
        TOKEN(Step.TOKEN, false),
        /** No scope is about this type and interaction. */
        SCOPE(Step.SCOPE, false),
        /** The type is neither of patients nor one that records point to. */
        TYPE(Step.TYPE, false),
        /** There is no such resource. */
        UNKNOWN(Step.RESOURCE, false),
        /** The caller is of no role that sees a record. */
        ROLE(Step.RECORD, false),
        /** The resource is in no record that the caller reaches. */
        COMPARTMENT(Step.RECORD, false),
        /** No consent of its patient is active for the caller. */
        NO_CONSENT(Step.CONSENT, false),
        /** A consent is active, but not from the place that he calls from, or not in the app. */
        RESTRICTION(Step.CONSENT, false),
        /** A consent is active, but not to do this with this part of the record. */
        PERMISSION(Step.CONSENT, false),
        /** The patient does not show this part. */
        DENIAL(Step.CONSENT, false),
        /** The scopes' search parameters do not match the resource. */
        QUALIFIER(Step.QUALIFIER, false),
        /** The service's scopes are about every record. */
        SERVICE(Step.RECORD, true),
        /** It is the caller's own record, or one that an administrator linked to him. */
        OWN_RECORD(Step.RECORD, true),
        /** The type is about nobody, and records point to it. */
        SHARED_TYPE(Step.TYPE, true),
        /** A consent of its patient. */
        CONSENT(Step.CONSENT, true);

        private final Step step;
        private final boolean permits;

        Rule(Step step, boolean permits) {
            this.step = step;
            this.permits = permits;
        }

        Step step() {
            return step;
        }
    }

    /** What is asked one after the other. */
    enum Step {
        TOKEN,
        SCOPE,
        TYPE,
        RESOURCE,
        RECORD,
        CONSENT,
        QUALIFIER
    }
}
