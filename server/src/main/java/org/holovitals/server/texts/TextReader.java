package org.holovitals.server.texts;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import org.holovitals.server.database.PrivateFiles;
import org.holovitals.server.texts.Frames.Frame;
import org.jspecify.annotations.Nullable;

/**
 * Reads files, each but plain text in a process of its own that is killed when its time is over. A file that makes the reader fall, fill its memory
 * or run on for ever takes nothing else down.
 */
public final class TextReader implements AutoCloseable {
    private static final String PLAIN = "text/plain";

    /** How a JVM ends that was told to on an OutOfMemoryError. */
    private static final int OUT_OF_MEMORY = 3;

    /** The process ends itself at its deadline; this is for one that cannot. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Somebody waits for a picture. */
    private static final Duration SHOWING = Duration.ofSeconds(30);

    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    private final TextSettings settings;
    private final Set<Process> running = ConcurrentHashMap.newKeySet();

    TextReader(TextSettings settings) {
        this.settings = settings;
    }

    /** After which time a file is read or given up. */
    public Duration longest() {
        return settings.deadline().plus(GRACE).plus(PATIENCE);
    }

    /**
     * Reads a file to its end.
     *
     * @param type its MIME type: PDF, text, web page, RTF, C-CDA, FHIR or an image
     * @param pages gets them in their order, with the number of all; what it has is worth nothing where the file fails
     * @return why it failed; empty when all of it was read
     */
    public Optional<Failure> read(String type, InputStream file, ObjIntConsumer<PageText> pages) throws IOException {
        if (type.equals(PLAIN)) {
            return plain(file, pages);
        }
        Limits limits = settings.limits();
        return run(new ReaderCommand(settings).of(type, limits, null), limits, file, frame -> {
            if (frame.page() != null) {
                pages.accept(frame.page(), frame.of());
            }
        });
    }

    /** Of notes a load may bring thousands, and nothing can go wrong where bytes only become letters. */
    private static Optional<Failure> plain(InputStream file, ObjIntConsumer<PageText> pages) throws IOException {
        try {
            byte[] bytes = file.readNBytes(PlainText.MOST_BYTES + 1);
            new PlainText().read(bytes, (page, of) -> pages.accept(TextMain.checked(page), of));
            return Optional.empty();
        } catch (Unreadable e) {
            return Optional.of(e.failure());
        }
    }

    /**
     * Makes a picture of a place in a file.
     *
     * @param picture gets a PNG of 1600 by 1600 points at the most
     * @return why there is none; empty when there is one
     */
    public Optional<Failure> show(String type, InputStream file, Place place, Consumer<byte[]> picture)
            throws IOException {
        AtomicReference<byte @Nullable []> made = new AtomicReference<>();
        Limits limits = settings.limits().atMost(SHOWING);
        Optional<Failure> failure = run(new ReaderCommand(settings).of(type, limits, place), limits, file, frame -> {
            if (frame.picture() != null) {
                made.set(Base64.getDecoder().decode(frame.picture()));
            }
        });
        byte[] png = made.get();
        if (failure.isPresent()) {
            return failure;
        } else if (png == null || !Arrays.equals(PNG, Arrays.copyOf(png, PNG.length))) {
            return Optional.of(Failure.CRASHED);
        }
        picture.accept(png);
        return failure;
    }

    private Optional<Failure> run(List<String> command, Limits limits, InputStream file, Consumer<Frame> frames)
            throws IOException {
        Process process = start(command);
        running.add(process);
        AtomicBoolean isLate = new AtomicBoolean();
        CompletableFuture<Void> deadline = CompletableFuture.runAsync(
                () -> {
                    isLate.set(true);
                    process.destroyForcibly();
                },
                CompletableFuture.delayedExecutor(limits.deadline().plus(GRACE).toMillis(), TimeUnit.MILLISECONDS));
        try {
            send(file, process.getOutputStream());
            return result(process, frames, isLate);
        } finally {
            deadline.cancel(false);
            process.destroyForcibly();
            running.remove(process);
        }
    }

    private Process start(List<String> command) throws IOException {
        PrivateFiles.directory(settings.directory());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(settings.directory().toFile())
                // What libraries say of a file could quote it.
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        // The server's settings hold secrets.
        builder.environment().clear();
        builder.environment().put("OMP_THREAD_LIMIT", "1");
        return builder.start();
    }

    /** One that has fallen takes no more; its end says why. */
    private static void send(InputStream file, OutputStream process) throws IOException {
        byte[] bytes = new byte[64 * 1024];
        boolean isListening = true;
        for (int read = file.read(bytes); read >= 0 && isListening; read = file.read(bytes)) {
            int count = read;
            isListening = isDone(() -> process.write(bytes, 0, count));
        }
        isDone(process::close);
    }

    private interface Step {
        void run() throws IOException;
    }

    private static boolean isDone(Step step) {
        try {
            step.run();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private Optional<Failure> result(Process process, Consumer<Frame> frames, AtomicBoolean isLate) {
        DataInputStream in = new DataInputStream(process.getInputStream());
        int count = 0;
        for (Optional<Frame> next = Frames.read(in); next.isPresent(); next = Frames.read(in)) {
            Frame frame = next.get();
            if (frame.page() == null && frame.picture() == null) {
                return Optional.ofNullable(frame.failure());
            } else if (++count > settings.maxPages()) {
                return Optional.of(Failure.TOO_MANY_PAGES);
            }
            frames.accept(frame);
        }
        return Optional.of(isLate.get() ? Failure.TOO_SLOW : end(process));
    }

    private static Failure end(Process process) {
        try {
            if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                return Failure.CRASHED;
            }
            return switch (process.exitValue()) {
                case OUT_OF_MEMORY -> Failure.TOO_COMPLEX;
                case TextMain.LATE -> Failure.TOO_SLOW;
                default -> Failure.CRASHED;
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Failure.CRASHED;
        }
    }

    /** Ends what is under way. */
    @Override
    public void close() {
        running.forEach(Process::destroyForcibly);
    }
}
