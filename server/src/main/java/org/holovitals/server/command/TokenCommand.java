package org.holovitals.server.command;

import java.util.concurrent.Callable;
import org.holovitals.server.identity.DevelopmentAccess;
import org.holovitals.server.identity.DevelopmentTokens;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code token}: an access token of the development realm. */
@Command(
        name = "token",
        mixinStandardHelpOptions = true,
        description = "Print an access token of a demonstration login, for curl.",
        footer = {
            "",
            "Logs in to the running server's Keycloak through the same form as a person. It works only in",
            "a realm that `serve --development` made. A token is good for five minutes.",
            "",
            "  curl -H \"Authorization: Bearer $(java -jar holovitals.jar token patient)\" \\",
            "       http://127.0.0.1:8080/fhir/Observation"
        })
final class TokenCommand implements Callable<Integer> {
    enum Who {
        patient,
        clinician,
        compliance,
        admin,
        backend
    }

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "WHO", description = "${COMPLETION-CANDIDATES}")
    @SuppressWarnings("NullAway.Init")
    private Who who;

    @Override
    public Integer call() throws InterruptedException {
        try (ConfigurableApplicationContext context = Contexts.of(DevelopmentAccess.class)) {
            spec.commandLine()
                    .getOut()
                    .println(context.getBean(DevelopmentTokens.class).of(who.name()));
        }
        return 0;
    }
}
