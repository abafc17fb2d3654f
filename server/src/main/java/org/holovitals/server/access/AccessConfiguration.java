package org.holovitals.server.access;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.util.List;
import org.holovitals.server.fhir.OutcomeWriter;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The parts of the access check, where there is a web server to guard; commands on the machine need no token. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
@EnableConfigurationProperties(IdentitySettings.class)
class AccessConfiguration {

    @Bean
    Issuer issuer(IdentitySettings settings, ObjectMapper json, Clock clock) {
        return new Issuer(settings, json, clock);
    }

    @Bean
    Callers callers(FhirContext fhir) {
        return new Callers(fhir);
    }

    @Bean
    TokenCheck tokenCheck(
            Issuer issuer,
            IdentitySettings settings,
            Environment environment,
            Callers callers,
            RevokedTokens revoked,
            Clock clock) {
        return new TokenCheck(
                new SigningKeys(issuer.keys()),
                new TokenRules(issuer.name(), new Audience(settings, environment), callers, revoked, clock));
    }

    @Bean
    Refusals refusals(FhirContext fhir) {
        return new Refusals(new OutcomeWriter(fhir));
    }

    @Bean
    IssuerTokens issuerTokens(Issuer issuer, TokenCheck tokens) {
        return new IssuerTokens(issuer, tokens);
    }

    @Bean
    SmartEndpoints smartEndpoints(Issuer issuer, IdentityLink link, Environment environment) {
        return new SmartEndpoints(issuer, link, new OwnAddress(environment));
    }

    @Bean
    SmartSecurity smartSecurity(SmartEndpoints endpoints) {
        return new SmartSecurity(endpoints);
    }

    @Bean
    ServletRegistrationBean<SmartConfiguration> smartConfiguration(
            Issuer issuer, IdentityLink link, SmartEndpoints endpoints, ObjectMapper json) {
        return new ServletRegistrationBean<>(
                new SmartConfiguration(endpoints, new SmartCapabilities(issuer, link), json), SmartConfiguration.PATH);
    }

    @Bean
    WebMvcConfigurer apiRoutes() {
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new CallerArgument());
            }

            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new ApiGate()).addPathPatterns("/api/**");
            }
        };
    }
}
