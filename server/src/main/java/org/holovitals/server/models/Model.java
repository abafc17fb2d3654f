package org.holovitals.server.models;

import java.time.Duration;

/**
 * A model that is set up.
 *
 * @param name by which it is asked for
 * @param provider as the price list names it
 * @param model as the provider and the price list name it
 * @param window tokens that it reads and writes in one call, where the price list does not know
 * @param output tokens that an answer may have
 * @param deadline for an answer
 * @param egress the most that may be sent to it
 */
public record Model(
        String name,
        String provider,
        String model,
        int window,
        int output,
        Duration deadline,
        EgressMode egress,
        LanguageModel language) {

    /** For people and the patient's ledger. */
    public String title() {
        return model + " (" + provider + ")";
    }
}
