package org.holovitals.server.launch;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.holovitals.server.problem.ProblemDocument;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

/** The gate of {@code /launches}, where the identity provider calls: no access token opens it, whosever it is. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class LaunchSecurity {

    @Bean
    @Order(0)
    SecurityFilterChain launchCallRequests(HttpSecurity http, LaunchCallDecoder decoder) throws Exception {
        return http.securityMatcher(PathPatternRequestMatcher.withDefaults().matcher("/launches/**"))
                .csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .exceptionHandling(thrown -> thrown.authenticationEntryPoint(LaunchSecurity::refuse))
                .addFilterBefore(bearer(decoder.value()), AnonymousAuthenticationFilter.class)
                .build();
    }

    /** A name of its own, so that nothing else of Spring takes the decoder for that of access tokens. */
    record LaunchCallDecoder(JwtDecoder value) {}

    private static BearerTokenAuthenticationFilter bearer(JwtDecoder decoder) {
        BearerTokenAuthenticationFilter filter =
                new BearerTokenAuthenticationFilter(new ProviderManager(new JwtAuthenticationProvider(decoder)));
        filter.setAuthenticationEntryPoint(LaunchSecurity::refuse);
        return filter;
    }

    private static void refuse(HttpServletRequest request, HttpServletResponse response, AuthenticationException thrown)
            throws IOException {
        ProblemDocument.of(HttpServletResponse.SC_UNAUTHORIZED, "This is for the identity provider")
                .write(response);
    }
}
