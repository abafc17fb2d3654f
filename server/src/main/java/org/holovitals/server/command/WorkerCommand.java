package org.holovitals.server.command;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.holovitals.server.analyses.Workers;
import org.holovitals.server.instances.InstanceWork;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code worker}: work on the queue of analyses, beside a server. */
@Command(
        name = "worker",
        mixinStandardHelpOptions = true,
        description = "Work on the queue of analyses, in a process without a web server.",
        footer = {
            "",
            "As many as wanted may run, on any machine that reaches the database and the keys. One that is told",
            "to stop (SIGTERM or Ctrl-C) gives its tasks back at once; those of one that dies are another's when",
            "their lease is over. Set HOLOVITALS_ANALYSES_WORKERS=0 on the server when it shall not work itself."
        })
final class WorkerCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "2",
            description = "Tasks at a time (${DEFAULT-VALUE}).")
    private int threads;

    @Option(
            names = "--instance",
            description =
                    "Work as an instance that a server has started: on one task at a time, registered by the token in"
                            + " HOLOVITALS_INSTANCE_TOKEN, until it is told to end.")
    private boolean isInstance;

    @Override
    public Integer call() throws InterruptedException {
        return isInstance ? instance() : worker();
    }

    private int instance() throws InterruptedException {
        String token = System.getenv(InstanceWork.TOKEN);
        if (token == null) {
            spec.commandLine().getErr().println("holovitals: --instance needs " + InstanceWork.TOKEN);
            return spec.exitCodeOnInvalidInput();
        }
        try (ConfigurableApplicationContext context = Contexts.server()) {
            context.getBean(InstanceWork.class).run(token);
        }
        return 0;
    }

    private int worker() throws InterruptedException {
        if (threads < 1) {
            spec.commandLine().getErr().println("holovitals: --threads has to be a number from 1 on");
            return spec.exitCodeOnInvalidInput();
        }
        try (ConfigurableApplicationContext context = Contexts.server()) {
            context.getBean(Workers.class).start(threads);
            spec.commandLine().getOut().println("Works on analyses with " + threads + " threads.");
            spec.commandLine().getOut().flush();
            // SIGTERM closes the context in a thread of its own and ends the process.
            new CountDownLatch(1).await();
        }
        return 0;
    }
}
