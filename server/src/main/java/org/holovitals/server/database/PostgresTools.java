package org.holovitals.server.database;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.holovitals.migrations.Login;
import org.postgresql.Driver;

/** PostgreSQL's client programs of this machine, which dump faster than we do and can restore an older schema. */
final class PostgresTools {
    private static final Pattern MAJOR = Pattern.compile("\\(PostgreSQL\\) (\\d+)");

    private static final List<String> PROGRAMS = List.of("pg_dump", "pg_restore", "psql");

    /** pg_restore --clean cannot drop a partitioned table's keys, and drops no object that the dump lacks. */
    private static final String CLEAN = """
            BEGIN;
            SET client_min_messages = error;
            DROP SCHEMA IF EXISTS %s CASCADE;
            SELECT count(lo_unlink(oid)) AS unlinked FROM pg_largeobject_metadata
            WHERE pg_get_userbyid(lomowner) IN ('holovitals_owner', 'holovitals_application');
            """;

    private final Path folder;

    private PostgresTools(Path folder) {
        this.folder = folder;
    }

    /** The tools on the search path of this process, when they are not older than the server: such refuse it. */
    static Optional<PostgresTools> find(int serverMajor) {
        return find(String.valueOf(System.getenv("PATH")), serverMajor);
    }

    static Optional<PostgresTools> find(String searchPath, int serverMajor) {
        return Stream.of(searchPath.split(Pattern.quote(File.pathSeparator), -1))
                .filter(folder -> !folder.isBlank())
                .map(Path::of)
                .filter(folder -> PROGRAMS.stream().allMatch(program -> Files.isExecutable(folder.resolve(program))))
                .map(PostgresTools::new)
                .filter(tools -> tools.major() >= serverMajor)
                .findFirst();
    }

    private int major() {
        try {
            Matcher version = MAJOR.matcher(
                    run(new ProcessBuilder(folder.resolve("pg_dump").toString(), "--version")));
            return version.find() ? Integer.parseInt(version.group(1)) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    /** Everything of our two schemas and Keycloak's as of one moment, in pg_dump's own compressed format. */
    void dump(Login login, Path file) throws IOException {
        run(tool(
                login,
                "pg_dump",
                "--no-password",
                "--format=custom",
                "--schema=fhir",
                "--schema=holovitals",
                // Where no Keycloak ran there is none, which pg_dump does not mind.
                "--schema=keycloak",
                "--blobs",
                "--file=" + file));
    }

    /**
     * Puts a dump in place of our schemas, in one transaction: after a failure the database is as it was. Keycloak's stays
     * when the dump has none. The
     * commit is the last line that pg_restore writes into psql's input, and only when it could read the whole file.
     */
    void restore(Login login, Path file) throws IOException {
        String clean = CLEAN.formatted(holdsKeycloak(login, file) ? "fhir, holovitals, keycloak" : "fhir, holovitals");
        Process loading = tool(login, "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "--file=-")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.PIPE)
                .start();
        CompletableFuture<String> said = CompletableFuture.supplyAsync(() -> text(loading));
        Process reading = tool(
                        login, "pg_restore", "--exit-on-error", "--single-transaction", "--file=-", file.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            OutputStream script = loading.getOutputStream();
            script.write(clean.getBytes(StandardCharsets.UTF_8));
            reading.getInputStream().transferTo(script);
            if (reading.waitFor() != 0) {
                throw new IOException("pg_restore cannot read the file; it is damaged or of a newer version");
            }
            script.close();
            requireSuccess(loading, said.join());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted", e);
        } catch (IOException e) {
            // Closed by psql when it has failed: what it said tells more.
            throw loading.isAlive() ? e : new IOException(failure(said.join(), "psql"), e);
        } finally {
            reading.destroy();
            loading.destroyForcibly();
        }
    }

    private boolean holdsKeycloak(Login login, Path file) throws IOException {
        return run(tool(login, "pg_restore", "--list", file.toString()))
                .contains(" SCHEMA - " + KeycloakSchema.NAME + " ");
    }

    private static void requireSuccess(Process process, String said) throws IOException, InterruptedException {
        if (process.waitFor() != 0) {
            throw new IOException(failure(said, "psql"));
        }
    }

    private ProcessBuilder tool(Login login, String program, String... arguments) {
        Properties target = target(login);
        List<String> command = new ArrayList<>(List.of(folder.resolve(program).toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("LC_ALL", "C");
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

    private static String run(ProcessBuilder program) throws IOException {
        Process process = program.redirectErrorStream(true).start();
        try {
            process.getOutputStream().close();
            String said = text(process);
            if (process.waitFor() != 0) {
                throw new IOException(failure(said, program.command().get(0)));
            }
            return said;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted", e);
        } finally {
            process.destroy();
        }
    }

    private static String text(Process process) {
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    /** The first line of an error tells what failed; later ones may quote rows, which are health data. */
    private static String failure(String said, String program) {
        return said.lines()
                .filter(line -> line.contains("error:") || line.contains("ERROR:"))
                .findFirst()
                .orElse(program + " failed");
    }
}
