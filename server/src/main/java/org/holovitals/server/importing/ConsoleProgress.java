package org.holovitals.server.importing;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.Locale;

/** Draws a bar with rate and remaining time; writes a plain line now and then where no terminal is. */
public final class ConsoleProgress implements Progress {
    private static final int WIDTH = 30;
    private static final Duration REDRAW = Duration.ofMillis(100);
    private static final Duration LINE = Duration.ofSeconds(5);

    private final PrintWriter out;
    private final boolean isTerminal;
    private long lastWritten = System.nanoTime();
    private Stage lastStage = Stage.READING;

    ConsoleProgress(PrintWriter out, boolean isTerminal) {
        this.out = out;
        this.isTerminal = isTerminal;
    }

    /** Writes to what stands for the standard output of this process. */
    public static ConsoleProgress on(PrintWriter standardOutput) {
        return new ConsoleProgress(standardOutput, hasTerminal());
    }

    /** From Java 22 on there is a console also where there is no terminal. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean hasTerminal() {
        Object console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (IllegalAccessException | InvocationTargetException e) {
            return false;
        }
    }

    @Override
    public void at(Snapshot snapshot) {
        long now = System.nanoTime();
        boolean isNews = snapshot.stage() != lastStage;
        Duration pause = isTerminal ? REDRAW : LINE;
        if (!isNews && now - lastWritten < pause.toNanos()) {
            return;
        }
        lastWritten = now;
        lastStage = snapshot.stage();
        write(snapshot);
    }

    private void write(Snapshot snapshot) {
        String line = snapshot.stage() == Stage.READING ? reading(snapshot) : storing(snapshot);
        if (!isTerminal) {
            out.println(line);
            return;
        }
        // The rest of a longer line before it is erased.
        out.print("\r" + line + "\u001b[K" + (snapshot.stage() == Stage.FINISHED ? System.lineSeparator() : ""));
        out.flush();
    }

    private static String reading(Snapshot snapshot) {
        return String.format(
                Locale.ROOT,
                "Reading %,d of %,d files",
                snapshot.done().sources(),
                snapshot.total().sources());
    }

    private String storing(Snapshot snapshot) {
        long percent = percent(snapshot);
        String numbers = String.format(
                Locale.ROOT,
                "%3d %%  %,d of %,d resources  %,d/s",
                percent,
                snapshot.done().resources(),
                snapshot.total().resources(),
                snapshot.done().resources()
                        * 1000
                        / Math.max(1, snapshot.elapsed().toMillis()));
        String line = isTerminal ? bar(percent) + " " + numbers : numbers;
        return snapshot.stage() == Stage.FINISHED ? line : line + "  " + remaining(snapshot);
    }

    private static long percent(Snapshot snapshot) {
        long total = snapshot.total().bytes();
        // What stands around the entries of a bundle is no entry's.
        boolean isWhole = snapshot.done().resources() >= snapshot.total().resources();
        return total == 0 || isWhole ? 100 : Math.min(100, snapshot.done().bytes() * 100 / total);
    }

    private static String bar(long percent) {
        int filled = (int) (percent * WIDTH / 100);
        return "[" + "=".repeat(filled) + " ".repeat(WIDTH - filled) + "]";
    }

    private static String remaining(Snapshot snapshot) {
        long done = snapshot.done().bytes();
        if (done == 0) {
            return "";
        }
        long left = Math.max(0, snapshot.total().bytes() - done);
        long seconds = Math.round((double) snapshot.elapsed().toMillis() * left / done / 1000);
        return seconds < 60
                ? seconds + " s left"
                : String.format(Locale.ROOT, "%d:%02d min left", seconds / 60, seconds % 60);
    }
}
