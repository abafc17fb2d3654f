package org.holovitals.server.analyses;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who was accepted with a task, for the check when it runs.
 *
 * @param client the app
 * @param launched the patient in the context of the app's launch
 * @param scopes what the app was granted, as words
 * @param address from which it was asked: some consents are tied to addresses
 * @param consents under which it was
 * @param at when
 */
record Acceptance(
        String client,
        @Nullable String launched,
        String scopes,
        @Nullable String address,
        Set<UUID> consents,
        Instant at) {
    private static final JsonMapper JSON =
            JsonMapper.builder().addModule(new JavaTimeModule()).build();

    String json() {
        return JSON.valueToTree(this).toString();
    }

    static Acceptance of(String json) {
        try {
            return JSON.readValue(json, Acceptance.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Only an acceptance is written there", e);
        }
    }

    /** An address in digits is not looked up. */
    @Nullable
    InetAddress from() {
        try {
            return address == null ? null : InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            return null;
        }
    }
}
