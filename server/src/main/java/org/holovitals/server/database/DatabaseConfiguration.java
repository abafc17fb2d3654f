package org.holovitals.server.database;

import javax.sql.DataSource;
import org.holovitals.migrations.Login;
import org.holovitals.migrations.Migrations;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Migrates the database and gives the application a pool that can do no more than it needs. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

    @Bean
    DataSource dataSource(Login login, DatabaseSettings settings) {
        new Migrations(login).migrate();
        return ManagedDataSource.application(login, settings.poolSize(), settings.statementTimeout());
    }
}
