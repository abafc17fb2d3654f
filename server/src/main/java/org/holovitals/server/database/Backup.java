package org.holovitals.server.database;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.holovitals.migrations.Login;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * Writes all rows of the schemas {@code fhir}, {@code holovitals} and {@code keycloak}, as they were at one instant, into
 * one zip file. It runs beside a working server. What lies outside the database (document files, keys, Keycloak's
 * secrets) is not in it.
 */
final class Backup {
    private static final int COMPRESSION = 3;

    private final Login login;
    private final Clock clock;

    Backup(Login login, Clock clock) {
        this.login = login;
        this.clock = clock;
    }

    /** What was written. */
    record Written(Path file, long bytes, int tables, long rows) {}

    /** Appears under its name only when complete, readable by this user alone; an existing file is never overwritten. */
    Written write(Path file, Progress progress) {
        try (UnfinishedFile unfinished = UnfinishedFile.of(file)) {
            Manifest manifest = writeAll(unfinished.path(), progress);
            long bytes = unfinished.finish();
            return new Written(file, bytes, manifest.allTables().size(), manifest.rows());
        } catch (IOException | SQLException e) {
            throw new IllegalStateException("The backup failed, nothing was kept: " + e.getMessage(), e);
        }
    }

    private Manifest writeAll(Path file, Progress progress) throws IOException, SQLException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                ZipOutputStream zip = new ZipOutputStream(Channels.newOutputStream(channel));
                Connection connection = Sessions.openForCopy(login)) {
            zip.setLevel(COMPRESSION);
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setAutoCommit(false);
            Manifest manifest = writeContent(connection, zip, progress);
            zip.putNextEntry(new ZipEntry(Manifest.ENTRY));
            zip.write(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest));
            zip.finish();
            connection.rollback();
            return manifest;
        }
    }

    private Manifest writeContent(Connection connection, ZipOutputStream zip, Progress progress)
            throws IOException, SQLException {
        Catalog catalog = new Catalog(connection);
        Sessions.become(connection, Sessions.OWNER);
        List<Catalog.Table> tables = catalog.tables();
        if (tables.isEmpty()) {
            throw new BackupRefused("The database holds no HoloVitals schema: there is nothing to back up.");
        }
        List<Manifest.TableContent> contents = new ArrayList<>();
        for (Catalog.Table table : tables) {
            Manifest.TableContent content = writeTable(connection, table, zip);
            contents.add(content);
            progress.finished(table.name() + ": " + content.rows() + " rows", contents.size(), tables.size() + 1);
        }
        Manifest.LargeObjectContent objects = writeObjects(connection, tables, zip);
        progress.finished("large objects: " + objects.count(), tables.size() + 1, tables.size() + 1);
        Manifest.Accounts accounts = writeAccounts(connection, zip);
        Sessions.become(connection, Sessions.OWNER);
        return new Manifest(
                Manifest.FORMAT,
                clock.instant().toString(),
                catalog.text("SHOW server_version"),
                catalog.schemaVersion(),
                contents,
                // Sequences know no snapshot. Read after the rows they are never behind them.
                catalog.sequences(),
                objects,
                accounts);
    }

    private static Manifest.Accounts writeAccounts(Connection connection, ZipOutputStream zip)
            throws IOException, SQLException {
        Sessions.becomeLogin(connection);
        KeycloakSchema keycloak = new KeycloakSchema(connection);
        List<Manifest.TableContent> contents = new ArrayList<>();
        for (Catalog.Table table : keycloak.tables()) {
            contents.add(writeTable(connection, table, zip));
        }
        return new Manifest.Accounts(keycloak.definitions(), keycloak.keys(), contents, keycloak.sequences());
    }

    private static Manifest.TableContent writeTable(Connection connection, Catalog.Table table, ZipOutputStream zip)
            throws IOException, SQLException {
        zip.putNextEntry(new ZipEntry(Manifest.TableContent.entry(table.name())));
        Checksums.Output out = new Checksums.Output(zip);
        CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
        long rows = copies.copyOut("COPY " + source(table) + " TO STDOUT", out);
        zip.closeEntry();
        return new Manifest.TableContent(table.name(), table.columns(), rows, out.checksum());
    }

    /** COPY does not read a partitioned table by its name. */
    private static String source(Catalog.Table table) {
        String columns = String.join(", ", table.columns());
        return table.partitioned()
                ? "(SELECT " + columns + " FROM " + table.name() + ")"
                : table.name() + " (" + columns + ")";
    }

    private static Manifest.LargeObjectContent writeObjects(
            Connection connection, List<Catalog.Table> tables, ZipOutputStream zip) throws IOException, SQLException {
        Sessions.become(connection, Sessions.APPLICATION);
        zip.putNextEntry(new ZipEntry(Manifest.LARGE_OBJECTS));
        Checksums.Output out = new Checksums.Output(zip);
        long count = new LargeObjects(connection).write(tables, out);
        zip.closeEntry();
        return new Manifest.LargeObjectContent(count, out.checksum());
    }
}
