package org.holovitals.server.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.holovitals.server.ServerApplication;
import org.holovitals.server.importing.ConsoleProgress;
import org.holovitals.server.importing.Sample;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code serve}: the FHIR endpoint, until it is told to stop. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = "Start the server.",
        footer = {
            "",
            "Starts an embedded PostgreSQL unless SPRING_DATASOURCE_URL names one, brings its schema up to",
            "date and serves until it gets SIGTERM or Ctrl-C; requests that run are finished first."
        })
final class ServeCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--sample", description = "Load ten synthetic patients into a database without any.")
    private boolean sample;

    @Override
    public Integer call() throws IOException, InterruptedException {
        ConfigurableApplicationContext context = new SpringApplicationBuilder(ServerApplication.class)
                .web(WebApplicationType.SERVLET)
                .logStartupInfo(false)
                .run();
        PrintWriter out = spec.commandLine().getOut();
        if (sample) {
            context.getBean(Sample.class).load(ConsoleProgress.on(out));
        }
        int port = ((ServletWebServerApplicationContext) context).getWebServer().getPort();
        out.println(welcome("http://127.0.0.1:" + port));
        out.flush();
        return 0;
    }

    private static String welcome(String base) {
        return """

                HoloVitals is ready.
                  FHIR R4       %1$s/fhir
                  OpenAPI       %1$s/fhir/swagger-ui/
                  Losses        %1$s/api/mappings/report
                  Health        %1$s/actuator/health
                  Metrics       %1$s/actuator/prometheus

                Try it:
                  curl '%1$s/fhir/Condition?_count=2&_include=Condition:patient&_pretty=true'
                """.formatted(base);
    }
}
