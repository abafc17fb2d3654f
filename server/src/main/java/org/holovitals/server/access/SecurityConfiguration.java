package org.holovitals.server.access;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletResponse;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.holovitals.server.fhir.HttpErrors;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;

/** The gate of the web server: which paths are open, and that all others need a token. No setting turns it off. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class SecurityConfiguration {
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE");

    @Bean
    SecurityFilterChain everyRequest(HttpSecurity http, TokenCheck tokens, Callers callers, Refusals refusals)
            throws Exception {
        return http.csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .cors(cors -> cors.configurationSource(browsers()))
                .authorizeHttpRequests(SecurityConfiguration::authorize)
                .exceptionHandling(
                        thrown -> thrown.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
                .addFilterBefore(bearer(tokens, callers, refusals), AnonymousAuthenticationFilter.class)
                .build();
    }

    /** Headers hold assigned characters and no control characters, as by default; here without a regular expression. */
    @Bean
    HttpFirewall headersOfText() {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        firewall.setAllowedHeaderNames(SecurityConfiguration::isText);
        firewall.setAllowedHeaderValues(value -> isText(value.indexOf('\t') < 0 ? value : value.replace("\t", "")));
        return firewall;
    }

    /** A token is a thousand characters, and looked at each time that somebody asks for its header. */
    private static boolean isText(String header) {
        int i = 0;
        while (i < header.length() && header.charAt(i) >= ' ' && header.charAt(i) <= '~') {
            i++;
        }
        return i == header.length()
                || header.substring(i)
                        .codePoints()
                        .allMatch(point -> Character.isDefined(point) && !Character.isISOControl(point));
    }

    @Bean
    static WithoutIntrospection withoutIntrospection() {
        return new WithoutIntrospection();
    }

    /** Each filter of the chain would be timed by itself for nobody. */
    @Bean
    SecurityObservationSettings unobserved() {
        return SecurityObservationSettings.noObservations();
    }

    /** What Spring Security refuses before any rule: its own answer has no body. */
    @Bean
    RequestRejectedHandler malformedRequests() {
        return (request, response, thrown) -> HttpErrors.write(
                request.getRequestURI(),
                response,
                METHODS.contains(request.getMethod())
                        ? HttpServletResponse.SC_BAD_REQUEST
                        : HttpServletResponse.SC_NOT_IMPLEMENTED);
    }

    /** Spring's own configurer would take tokens of other schemes too. */
    private static Filter bearer(TokenCheck tokens, Callers callers, Refusals refusals) {
        JwtAuthenticationProvider provider = new JwtAuthenticationProvider(tokens);
        provider.setJwtAuthenticationConverter(callers);
        BearerTokenAuthenticationFilter filter = new BearerTokenAuthenticationFilter(new ProviderManager(provider));
        filter.setBearerTokenResolver(new AuthorizationHeader());
        filter.setAuthenticationEntryPoint(refusals);
        return filter;
    }

    private static void authorize(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry requests) {
        requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                .permitAll()
                .requestMatchers(
                        get("/fhir/metadata"),
                        get("/fhir/.well-known/smart-configuration"),
                        get("/fhir/swagger-ui/**"),
                        get("/fhir/api-docs"),
                        get("/api/openapi.json"),
                        get("/actuator/health/**"),
                        path("/oauth2/authorize"))
                .permitAll()
                .requestMatchers(get("/actuator/prometheus"))
                .access(loopbackOrAdministrator())
                .requestMatchers(path("/fhir"), path("/fhir/**"), path("/api/**"), path("/oauth2/introspect"))
                .authenticated()
                .anyRequest()
                .denyAll();
    }

    private static RequestMatcher get(String pattern) {
        return PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.GET, pattern);
    }

    private static RequestMatcher path(String pattern) {
        return PathPatternRequestMatcher.withDefaults().matcher(pattern);
    }

    /** A scraper on the machine itself; what a proxy there passes on comes from elsewhere. */
    private static AuthorizationManager<RequestAuthorizationContext> loopbackOrAdministrator() {
        return (authentication, context) ->
                new AuthorizationDecision((isLoopback(context.getRequest().getRemoteAddr())
                                && context.getRequest().getHeader("X-Forwarded-For") == null
                                && context.getRequest().getHeader("Forwarded") == null)
                        || CallerAuthentication.current()
                                .filter(caller -> caller.hasRole(Caller.ROLE_ADMIN))
                                .isPresent());
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** SMART apps run in browsers on other origins; a token in a header, never a cookie, says who they are. */
    private static CorsConfigurationSource browsers() {
        CorsConfiguration anyOrigin = new CorsConfiguration();
        anyOrigin.setAllowedOrigins(List.of(CorsConfiguration.ALL));
        anyOrigin.setAllowedMethods(List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"));
        anyOrigin.setAllowedHeaders(List.of(CorsConfiguration.ALL));
        anyOrigin.setExposedHeaders(List.of(
                "Location",
                "Content-Location",
                "Content-Disposition",
                "ETag",
                "Last-Modified",
                "Retry-After",
                "WWW-Authenticate",
                "X-Progress",
                "X-Request-ID"));
        anyOrigin.setMaxAge(Duration.ofHours(1));
        return request -> anyOrigin;
    }
}
