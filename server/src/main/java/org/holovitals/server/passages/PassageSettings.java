package org.holovitals.server.passages;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the search in documents, under {@code holovitals.passages}.
 *
 * @param vectors whether it goes by meaning, too
 * @param indexers how many documents a server indexes at a time; none where others do
 * @param interval how often one that has nothing to do looks for documents
 */
@Validated
@ConfigurationProperties("holovitals.passages")
record PassageSettings(
        @DefaultValue("true") boolean vectors,
        @DefaultValue("1") @Min(0) int indexers,
        @DefaultValue("5s") @NotNull Duration interval) {}
