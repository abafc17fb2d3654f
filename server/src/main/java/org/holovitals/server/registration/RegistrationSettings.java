package org.holovitals.server.registration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Under {@code holovitals.registration}.
 *
 * @param privateAddresses whether an app's keys may be at a private address, where the apps run in the operator's network
 */
@ConfigurationProperties("holovitals.registration")
record RegistrationSettings(@DefaultValue("false") boolean privateAddresses) {}
