package org.holovitals.server.instances;

import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where analyses are worked on, under {@code holovitals.instances}.
 *
 * @param most instances at a time
 * @param memory of a worker, in megabytes
 * @param costPerMinute what an instance costs, in the currency
 * @param currency ISO 4217, that of the limits
 * @param tag marks the instances of this server; by the database where it is not given
 */
@Validated
@ConfigurationProperties("holovitals.instances")
record InstanceSettings(
        @DefaultValue("in-server") @NotNull Place place,
        @DefaultValue("2") @Min(1) @Max(1000) int most,
        @DefaultValue("1024") @Min(64) int memory,
        @DefaultValue("0") @NotNull @DecimalMin("0") BigDecimal costPerMinute,
        @DefaultValue("USD") @Pattern(regexp = "[A-Z]{3}") String currency,

        @Nullable @Pattern(regexp = "[a-z0-9]([a-z0-9-]{0,40}[a-z0-9])?")
        String tag,

        @DefaultValue @Valid Times times,
        @DefaultValue @Valid Cluster kubernetes) {

    /**
     * When something happens.
     *
     * @param lifetime after which an instance is stopped, whatever it does
     * @param idle without a task, after which it is stopped
     * @param start until its worker has to be heard of
     * @param silence after which one that is not heard of is taken for lost
     * @param interval how often it is looked at
     */
    record Times(
            @DefaultValue("30m") @NotNull Duration lifetime,
            @DefaultValue("1m") @NotNull Duration idle,
            @DefaultValue("5m") @NotNull Duration start,
            @DefaultValue("1m") @NotNull Duration silence,
            @DefaultValue("1s") @NotNull Duration interval) {}

    /**
     * Of a Kubernetes cluster.
     *
     * @param image of this release
     * @param cpu of a worker, as Kubernetes writes it
     * @param gpu how many
     * @param gpuResource as the cluster's device plugin names them
     * @param settings name of the Secret whose entries are the environment of workers: the database's login and the keys
     * @param nodes labels that a node has to have
     */
    record Cluster(
            @DefaultValue("default") @NotNull String namespace,
            @DefaultValue("holovitals:latest") @NotNull String image,
            @DefaultValue("1") @NotNull String cpu,
            @DefaultValue("0") @Min(0) int gpu,
            @DefaultValue("nvidia.com/gpu") @NotNull String gpuResource,
            @DefaultValue("holovitals-worker") @NotNull String settings,
            @DefaultValue Map<String, String> nodes) {}
}
