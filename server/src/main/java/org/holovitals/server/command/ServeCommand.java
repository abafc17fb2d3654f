package org.holovitals.server.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import org.holovitals.server.ServerApplication;
import org.holovitals.server.identity.DevelopmentRealm;
import org.holovitals.server.identity.DevelopmentTokens;
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

    @Option(
            names = "--development",
            description = "The sample, and demonstration logins in a new realm. Never for real records.")
    private boolean development;

    @Override
    public Integer call() throws IOException, InterruptedException {
        ConfigurableApplicationContext context = new SpringApplicationBuilder(ServerApplication.class)
                .web(WebApplicationType.SERVLET)
                .logStartupInfo(false)
                .properties(Map.of("holovitals.keycloak.development", String.valueOf(development)))
                .run();
        PrintWriter out = spec.commandLine().getOut();
        if (sample || development) {
            context.getBean(Sample.class).load(ConsoleProgress.on(out));
        }
        Welcome welcome = new Welcome(
                ((ServletWebServerApplicationContext) context).getWebServer().getPort());
        DevelopmentRealm realm = context.getBeanProvider(DevelopmentRealm.class).getIfAvailable();
        out.println(realm == null ? welcome.text() : welcome(welcome, realm, context));
        out.flush();
        return 0;
    }

    private static String welcome(Welcome welcome, DevelopmentRealm realm, ConfigurableApplicationContext context)
            throws IOException, InterruptedException {
        String issuer = realm.ready();
        return realm.logins().isEmpty()
                ? welcome.text(issuer)
                : welcome.text(
                        issuer,
                        realm.logins(),
                        context.getBean(DevelopmentTokens.class).of("patient"));
    }
}
