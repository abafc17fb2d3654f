package org.holovitals.server.explain;

import java.util.List;
import java.util.UUID;
import org.holovitals.server.access.Explanation;
import org.jspecify.annotations.Nullable;

/**
 * Why a person with an app may meet a resource or not.
 *
 * @param rule the rule that decided, such as {@code consent}
 * @param consent the row of the consent or denial that decided, if one did
 * @param steps what was asked, up to what decided
 * @param scopes what the app was taken to be granted
 */
record Answer(boolean permitted, String rule, @Nullable UUID consent, List<Explanation.Asked> steps, Granted scopes) {

    static Answer of(Explanation explanation, Granted scopes) {
        return new Answer(
                explanation.permitted(), explanation.rule(), explanation.consent(), explanation.steps(), scopes);
    }
}
