package org.holovitals.server.benchmark;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;

/** This server beside stock HAPI: the program of {@code ./mvnw -Pbench}. */
public final class Benchmark {
    private Benchmark() {}

    /** Runs it; the exit code is 0 when each answer was a success and the report is written. */
    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        Settings settings = Settings.ofSystem();
        int code = 0;
        try (Cleanup cleanup = Cleanup.atExit()) {
            measure(settings, cleanup, out);
        } catch (IOException | SQLException | RuntimeException e) {
            out.println("The benchmark failed: " + e.getMessage());
            e.printStackTrace(out);
            code = 1;
        }
        System.exit(code);
    }

    private static void measure(Settings settings, Cleanup cleanup, PrintStream out)
            throws IOException, InterruptedException, SQLException {
        Path directory = cleanup.directory();
        Servers servers = new Servers(directory, Cluster.start(directory.resolve("postgresql"), cleanup), cleanup);
        Subject stock = servers.stock();
        Subject own = servers.own(settings);
        Results results = new Results();
        try {
            new Rounds(settings, new Rounds.Side(stock), new Rounds.Side(own), results, out).run();
        } catch (IOException | RuntimeException e) {
            out.println(servers.lastLines(Subject.STOCK));
            out.println(servers.lastLines(Subject.OWN));
            throw e;
        }
        Report report = new Report(settings, results);
        report.print(out);
        report.write();
    }
}
