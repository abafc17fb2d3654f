package org.holovitals.server.command;

import java.util.concurrent.Callable;
import org.holovitals.server.ServerApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code serve}: the FHIR endpoint, until it is told to stop. */
@Command(name = "serve", mixinStandardHelpOptions = true, description = "Start the server.")
final class ServeCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        ConfigurableApplicationContext context = new SpringApplicationBuilder(ServerApplication.class)
                .web(WebApplicationType.SERVLET)
                .run();
        int port = ((ServletWebServerApplicationContext) context).getWebServer().getPort();
        String base = "http://127.0.0.1:" + port;
        spec.commandLine().getOut().println(welcome(base));
        spec.commandLine().getOut().flush();
        return 0;
    }

    private static String welcome(String base) {
        return """

                HoloVitals is ready.
                  FHIR R4       %1$s/fhir
                  OpenAPI       %1$s/fhir/swagger-ui/
                  Health        %1$s/actuator/health
                  Metrics       %1$s/actuator/prometheus

                Try it:
                  curl '%1$s/fhir/Patient?_count=2'
                """.formatted(base);
    }
}
