package org.holovitals.server.openapi;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import org.holovitals.server.access.Caller;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springdoc.webmvc.api.OpenApiWebMvcResource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** What springdoc cannot see in a route: who it is for, how to log in, and the problems that it answers with. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class OpenApiConfiguration {
    private static final String LOGIN = "smart";

    static {
        // It comes from the access token.
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Caller.class);
    }

    @Bean
    OpenAPI api(Environment environment) {
        String issuer = environment.getRequiredProperty("holovitals.identity.issuer");
        Components components = new Components()
                .addSecuritySchemes(
                        LOGIN,
                        new SecurityScheme()
                                .type(SecurityScheme.Type.OPENIDCONNECT)
                                .description("An access token of the issuer, as a bearer token")
                                .openIdConnectUrl(
                                        issuer.replaceFirst("/+$", "") + "/.well-known/openid-configuration"));
        ProblemResponses.schemas().forEach(components::addSchemas);
        return new OpenAPI()
                .info(new Info()
                        .title("HoloVitals API")
                        .description("What FHIR has no word for; everything else is below /fhir.")
                        .version("1")
                        .license(new License().name("Apache-2.0")))
                .servers(List.of(new Server().url("/")))
                .components(components)
                .addSecurityItem(new SecurityRequirement().addList(LOGIN));
    }

    @Bean
    GlobalOperationCustomizer callersAndProblems() {
        return new RouteFacts();
    }

    @Bean
    ServletRegistrationBean<OpenApiDocument> openApiDocument(OpenApiWebMvcResource springdoc) {
        return new ServletRegistrationBean<>(new OpenApiDocument(springdoc), OpenApiDocument.PATH);
    }
}
