package org.holovitals.server.database;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the database, under {@code holovitals.database}.
 *
 * @param url a JDBC URL of PostgreSQL 14 or newer; when absent the embedded server is used
 * @param username the login of that URL
 * @param password its password
 * @param directory where the embedded server keeps its data
 * @param durable whether the embedded server waits for the disk at each commit; only tests turn it off
 * @param join whether to use the embedded server that another process runs on the directory, when there is one
 * @param poolSize connections at the most
 * @param statementTimeout after which PostgreSQL cancels a statement
 */
@ConfigurationProperties("holovitals.database")
record DatabaseSettings(
        @Nullable String url,
        @DefaultValue("") String username,
        @DefaultValue("") String password,
        Path directory,
        @DefaultValue("true") boolean durable,
        @DefaultValue("false") boolean join,
        @DefaultValue("20") int poolSize,
        @DefaultValue("60s") Duration statementTimeout) {}
