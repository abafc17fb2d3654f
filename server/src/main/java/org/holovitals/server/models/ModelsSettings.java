package org.holovitals.server.models;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The models that are set up, under {@code holovitals.models}, each with a name by which it is asked for.
 *
 * @param egress what may leave at the most, to whichever model
 * @param modelCalls what is kept of calls
 */
@Validated
@ConfigurationProperties("holovitals")
record ModelsSettings(
        @DefaultValue @Valid Map<String, One> models,
        @DefaultValue @Valid @NotNull Egress egress,
        @DefaultValue @Valid @NotNull Kept modelCalls) {

    /** What may leave at the most, whatever patients choose. */
    record Egress(@DefaultValue("none") @NotNull EgressMode maximum) {}

    /**
     * For how long the row of a call stays; its hour is counted long before.
     *
     * @param days after its end
     */
    record Kept(@DefaultValue("90") @Min(2) int days) {}

    /** Which wire format a provider speaks. */
    enum Kind {
        /** OpenAI, and Azure by its v1 address. */
        OPENAI,
        /** Others that speak as OpenAI did first: Ollama, vLLM, llama.cpp. */
        OPENAI_COMPATIBLE,
        /** Anthropic. */
        ANTHROPIC
    }

    /**
     * One model.
     *
     * @param kind the wire format
     * @param baseUrl what stands before {@code /chat/completions} or {@code /messages}; the provider's own when left out
     * @param model as the provider names it, and the price list
     * @param provider as the price list names it; the model's own name here when left out
     * @param key of the provider
     * @param keyFile a file with the key, read at each call, so that it may be changed
     * @param window tokens that it reads and writes in one call, where the price list does not know
     * @param egress the most that may be sent to it, whatever else is permitted
     * @param calls limits
     */
    record One(
            @NotNull Kind kind,
            @Nullable URI baseUrl,
            @NotBlank String model,
            @Nullable String provider,
            @Nullable Secret key,
            @Nullable Path keyFile,
            @DefaultValue("8192") @Min(1024) int window,
            @DefaultValue("baa-full") @NotNull EgressMode egress,
            @DefaultValue @Valid @NotNull Calls calls) {}

    /**
     * How it is called.
     *
     * @param atOnce calls side by side
     * @param waiting for a place among them
     * @param connect time for a connection
     * @param silence for which nothing may come, before the first word and between words
     * @param deadline for an answer, with all attempts
     * @param attempts before the first word
     * @param pause before the second attempt; each later one waits twice as long
     * @param output tokens that an answer may have
     */
    record Calls(
            @DefaultValue("4") @Min(1) @Max(1000) int atOnce,
            @DefaultValue("5s") @NotNull Duration waiting,
            @DefaultValue("5s") @NotNull Duration connect,
            @DefaultValue("30s") @NotNull Duration silence,
            @DefaultValue("90s") @NotNull Duration deadline,
            @DefaultValue("3") @Min(1) @Max(10) int attempts,
            @DefaultValue("500ms") @NotNull Duration pause,
            @DefaultValue("800") @Min(16) int output) {}
}
