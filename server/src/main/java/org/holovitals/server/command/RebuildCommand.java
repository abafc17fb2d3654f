package org.holovitals.server.command;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.holovitals.server.records.Rebuild;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code rebuild}: the typed tables from the stored resources. */
@Command(
        name = "rebuild",
        mixinStandardHelpOptions = true,
        description = "Derive the typed tables again from the stored resources.",
        footer = {
            "",
            "Needed after an upgrade whose notes say that a mapping changed. The resources themselves are",
            "not touched. A server may run meanwhile; an interrupted rebuild is simply started again."
        })
final class RebuildCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try (ConfigurableApplicationContext context = Contexts.server()) {
            long done = context.getBean(Rebuild.class).run((at, total) -> out.println(line(at, total)));
            out.println(String.format(Locale.ROOT, "Rebuilt the rows of %,d resources.", done));
        }
        return 0;
    }

    private static String line(long done, long total) {
        return String.format(Locale.ROOT, "%,d of %,d resources", done, total);
    }
}
