package org.holovitals.server.instances;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Instances that are processes on this machine, each a JVM with its memory bounded. They outlive the server that started them,
 * as machines elsewhere would; the key and tag in a process's arguments tell whose it is.
 */
final class LocalProcesses implements CloudProvider {
    static final String NAME = "local-process";

    private static final String KEY = "-Dholovitals.instance.key=";
    private static final String TAG = "-Dholovitals.instance.tag=";
    private static final long PATIENCE_SECONDS = 5;

    private final Rate rate;
    private final int memory;
    private final Program program;

    LocalProcesses(Rate rate, int memory, Program program) {
        this.rate = rate;
        this.memory = memory;
        this.program = program;
    }

    /**
     * What runs in them.
     *
     * @param arguments of {@code java}, behind those that bound it
     * @param environment beside this process's own
     * @param output where it writes to
     */
    record Program(List<String> arguments, Map<String, String> environment, ProcessBuilder.Redirect output) {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Rate estimate() {
        return rate;
    }

    @Override
    public String create(Order order) {
        return find(order).map(Found::instance).orElseGet(() -> start(order));
    }

    private Optional<Found> find(Order order) {
        return list(order.tag()).stream()
                .filter(found -> found.key().equals(order.key()))
                .findFirst();
    }

    private String start(Order order) {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                KEY + order.key(),
                TAG + order.tag(),
                "-Xmx" + memory + "m",
                "-XX:+ExitOnOutOfMemoryError"));
        command.addAll(program.arguments());
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(program.output());
        builder.environment().putAll(program.environment());
        // Arguments can be seen by every user of the machine, the environment by this one alone.
        builder.environment().put(InstanceWork.TOKEN, order.token());
        try {
            return name(builder.start().toHandle());
        } catch (IOException e) {
            throw new ProviderException(ProviderException.Kind.REFUSED, "A worker's process cannot be started");
        }
    }

    /** With its start: a later process may have the same number. */
    private static String name(ProcessHandle process) {
        return process.pid() + "@"
                + process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    private static Optional<ProcessHandle> process(String instance) {
        return ProcessHandle.of(Long.parseLong(instance.substring(0, instance.indexOf('@'))))
                .filter(process -> process.isAlive() && name(process).equals(instance));
    }

    @Override
    public State status(String instance) {
        return process(instance).isPresent() ? State.RUNNING : State.GONE;
    }

    /** It is asked first, so that it gives its task back; then it is ended. */
    @Override
    public void terminate(String instance) {
        process(instance).ifPresent(process -> {
            process.destroy();
            if (!isOver(process)) {
                process.destroyForcibly();
                if (!isOver(process)) {
                    throw new ProviderException(ProviderException.Kind.UNANSWERED, "A worker's process does not end");
                }
            }
        });
    }

    private static boolean isOver(ProcessHandle process) {
        try {
            process.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    @Override
    public List<Found> list(String tag) {
        return ProcessHandle.allProcesses()
                .flatMap(process -> found(process, tag))
                .toList();
    }

    private static Stream<Found> found(ProcessHandle process, String tag) {
        List<String> arguments = Arrays.asList(process.info().arguments().orElse(new String[0]));
        return arguments.contains(TAG + tag)
                ? arguments.stream()
                        .filter(argument -> argument.startsWith(KEY))
                        .map(argument -> new Found(argument.substring(KEY.length()), name(process), State.RUNNING))
                : Stream.empty();
    }
}
