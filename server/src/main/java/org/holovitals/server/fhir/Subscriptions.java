package org.holovitals.server.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.model.config.SubscriptionSettings;
import ca.uhn.fhir.jpa.subscription.match.deliver.email.IEmailSender;
import ca.uhn.fhir.jpa.subscription.submit.interceptor.SubscriptionMatcherInterceptor;
import java.time.Clock;
import org.hl7.fhir.dstu2.model.Subscription.SubscriptionChannelType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** FHIR Subscriptions: REST hooks and web sockets, no e-mail, which would carry records in the open. */
@Configuration(proxyBeanMethods = false)
class Subscriptions {

    @Bean
    SubscriptionSettings subscriptionSettings(FhirSettings fhir) {
        SubscriptionSettings settings = new SubscriptionSettings();
        if (fhir.subscriptions()) {
            settings.addSupportedSubscriptionType(SubscriptionChannelType.RESTHOOK);
            settings.addSupportedSubscriptionType(SubscriptionChannelType.WEBSOCKET);
        }
        return settings;
    }

    /** Replaces HAPI's interceptor of the same name. */
    @Bean
    SubscriptionMatcherInterceptor subscriptionMatcherInterceptor(JdbcClient jdbc, FhirContext fhir, Clock clock) {
        return new SubscribedWrites(jdbc, fhir, clock);
    }

    /** HAPI asks for one; it refuses Subscriptions with an e-mail channel before it would use it. */
    @Bean
    IEmailSender noEmail() {
        return email -> {
            throw new IllegalStateException("E-mail is not a supported Subscription channel");
        };
    }
}
