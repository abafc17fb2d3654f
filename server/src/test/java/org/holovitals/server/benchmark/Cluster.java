package org.holovitals.server.benchmark;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.holovitals.migrations.Login;
import org.holovitals.server.database.EmbeddedDatabase;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * The one PostgreSQL of both servers: as this server embeds it, waiting for the disk, and counting statements by
 * database.
 */
final class Cluster {
    private static final String STOCK = "stock";

    private final Path directory;
    private final Login own;

    private Cluster(Path directory, Login own) {
        this.directory = directory;
        this.own = own;
    }

    /** Starts it; the library that counts statements is loaded by a start only. */
    static Cluster start(Path directory, Cleanup cleanup) throws IOException {
        try (EmbeddedDatabase first = EmbeddedDatabase.open(directory, true)) {
            countStatements(new Cluster(directory, first.login()));
        }
        EmbeddedDatabase database = EmbeddedDatabase.open(directory, true);
        database.closeWith(cleanup::add);
        Cluster cluster = new Cluster(directory, database.login());
        cluster.superuser("postgres").sql("create extension pg_stat_statements").update();
        return cluster;
    }

    private static void countStatements(Cluster cluster) throws IOException {
        JdbcClient jdbc = cluster.superuser("postgres");
        jdbc.sql("alter system set shared_preload_libraries = 'pg_stat_statements'")
                .update();
        jdbc.sql("alter system set pg_stat_statements.max = 20000").update();
        // BEGIN, COMMIT and SET are no statements that anybody could save.
        jdbc.sql("alter system set pg_stat_statements.track_utility = off").update();
    }

    /** This server's database and the login that it has when it embeds PostgreSQL. */
    Store own() throws IOException {
        return store(own, "fhir");
    }

    /** A database and a login for stock HAPI. */
    Store stock() throws IOException {
        JdbcClient jdbc = superuser("postgres");
        jdbc.sql("create role stock login password '" + own.password() + "'").update();
        jdbc.sql("create database stock owner stock").update();
        return store(new Login(own.url().replaceFirst("/[^/]*$", "/" + STOCK), STOCK, own.password()), "public");
    }

    private Store store(Login login, String schema) throws IOException {
        String name = login.url().substring(login.url().lastIndexOf('/') + 1);
        return new Store(name, login, schema, superuser("postgres"), superuser(name), postmaster());
    }

    private long postmaster() throws IOException {
        return Long.parseLong(Files.readAllLines(directory.resolve("cluster/postmaster.pid"))
                .get(0)
                .strip());
    }

    private JdbcClient superuser(String database) throws IOException {
        Properties passwords = new Properties();
        try (Reader file = Files.newBufferedReader(directory.resolve("credentials.properties"))) {
            passwords.load(file);
        }
        String url = own.url().replaceFirst("/[^/]*$", "/" + database);
        return JdbcClient.create(
                new SingleConnectionDataSource(url, "postgres", passwords.getProperty("superuser"), true));
    }
}
