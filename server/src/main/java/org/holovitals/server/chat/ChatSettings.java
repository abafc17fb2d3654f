package org.holovitals.server.chat;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Limits of conversations, under {@code holovitals.chat}.
 *
 * @param longestQuestion characters
 * @param messagesPerMinute of one user, in all conversations
 */
@Validated
@ConfigurationProperties("holovitals.chat")
record ChatSettings(
        @DefaultValue("2000") @Min(1) @Max(20_000) int longestQuestion,
        @DefaultValue("20") @Min(1) int messagesPerMinute) {}
