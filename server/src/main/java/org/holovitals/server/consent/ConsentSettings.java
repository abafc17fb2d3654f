package org.holovitals.server.consent;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How consents are seen to, under {@code holovitals.consent}.
 *
 * @param expiryInterval how often it is looked for what ended or soon will
 */
@Validated
@ConfigurationProperties("holovitals.consent")
record ConsentSettings(@DefaultValue("30s") @NotNull Duration expiryInterval) {}
