package org.holovitals.server.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.holovitals.keycloak.launcher.ProviderJar;
import org.holovitals.keycloak.realm.Realm;
import org.holovitals.keycloak.realm.RealmSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code realm}: what a Keycloak that runs elsewhere needs. */
@Command(
        name = "realm",
        mixinStandardHelpOptions = true,
        description = "Print the realm for a Keycloak 26.7.3 of your own, as `kc.sh start --import-realm` takes it.",
        footer = {
            "",
            "The realm is one for production: no users, and the secret of the server's account is taken from",
            "the environment of that Keycloak, variable " + RealmCommand.SECRET + "."
        })
final class RealmCommand implements Callable<Integer> {
    /** Keycloak fills it in from its environment when it imports the realm. */
    static final String SECRET = "HOLOVITALS_IDENTITY_CLIENTSECRET";

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--provider",
            paramLabel = "JAR",
            description = "Also write the provider for its folder `providers`.")
    private @Nullable Path provider;

    @Override
    public Integer call() throws IOException {
        if (provider != null) {
            ProviderJar.make().writeTo(provider);
        }
        spec.commandLine()
                .getOut()
                .println(Realm.json(new RealmSettings(false, List.of(), List.of(), "${" + SECRET + "}", null)));
        return 0;
    }
}
