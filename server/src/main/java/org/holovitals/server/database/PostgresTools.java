package org.holovitals.server.database;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.holovitals.migrations.Login;
import org.postgresql.Driver;

/** pg_dump and pg_restore of this machine, which dump faster than we do and may upgrade what they restore. */
final class PostgresTools {
    private static final Pattern MAJOR = Pattern.compile("\\(PostgreSQL\\) (\\d+)");

    private final Path dump;
    private final Path restore;

    private PostgresTools(Path dump, Path restore) {
        this.dump = dump;
        this.restore = restore;
    }

    /** The tools on the search path of this process, when they are not older than the server: such refuse it. */
    static Optional<PostgresTools> find(int serverMajor) {
        return find(String.valueOf(System.getenv("PATH")), serverMajor);
    }

    static Optional<PostgresTools> find(String searchPath, int serverMajor) {
        return Stream.of(searchPath.split(Pattern.quote(File.pathSeparator), -1))
                .filter(folder -> !folder.isBlank())
                .map(Path::of)
                .filter(folder -> Files.isExecutable(folder.resolve("pg_dump"))
                        && Files.isExecutable(folder.resolve("pg_restore")))
                .map(folder -> new PostgresTools(folder.resolve("pg_dump"), folder.resolve("pg_restore")))
                .filter(tools -> tools.major() >= serverMajor)
                .findFirst();
    }

    private int major() {
        try {
            Matcher version = MAJOR.matcher(run(new ProcessBuilder(dump.toString(), "--version")));
            return version.find() ? Integer.parseInt(version.group(1)) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    /** Everything of our two schemas as of one moment, in pg_dump's own compressed format. */
    void dump(Login login, Path file) throws IOException {
        run(tool(login, dump, "--format=custom", "--schema=fhir", "--schema=holovitals", "--blobs", "--file=" + file));
    }

    /** Puts a dump in place of our two schemas in one transaction: after a failure the database is as it was. */
    void restore(Login login, Path file) throws IOException {
        String database = target(login).getProperty("PGDBNAME");
        run(tool(
                login,
                restore,
                "--clean",
                "--if-exists",
                "--single-transaction",
                "--exit-on-error",
                "--dbname=" + database,
                file.toString()));
    }

    private static ProcessBuilder tool(Login login, Path program, String... arguments) {
        Properties target = target(login);
        List<String> command = new ArrayList<>(List.of(program.toString(), "--no-password"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("PGHOST", target.getProperty("PGHOST"));
        builder.environment().put("PGPORT", target.getProperty("PGPORT"));
        builder.environment().put("PGDATABASE", target.getProperty("PGDBNAME"));
        builder.environment().put("PGUSER", login.user());
        builder.environment().put("PGPASSWORD", login.password());
        String mode = target.getProperty("sslmode");
        if (mode != null) {
            builder.environment().put("PGSSLMODE", mode);
        }
        return builder;
    }

    private static Properties target(Login login) {
        Properties target = Driver.parseURL(login.url(), null);
        if (target == null) {
            throw new IllegalStateException("Not a URL of PostgreSQL: " + login.url());
        }
        return target;
    }

    /** What the program printed. Its first line tells why it failed; later ones may quote rows, which are health data. */
    private static String run(ProcessBuilder program) throws IOException {
        program.environment().put("LC_ALL", "C");
        Process process = program.redirectErrorStream(true).start();
        try {
            process.getOutputStream().close();
            String output =
                    new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException(output.lines()
                        .filter(line -> line.contains("error:"))
                        .findFirst()
                        .orElse(program.command().get(0) + " failed"));
            }
            return output;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted", e);
        } finally {
            process.destroy();
        }
    }
}
