package org.holovitals.server.database;

import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;
import org.holovitals.migrations.Login;
import org.holovitals.migrations.Migrations;
import org.holovitals.migrations.Roles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Migrates the database and gives the application a pool that can do no more than it needs. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

    @Bean
    DataSource dataSource(Login login, DatabaseSettings settings) {
        new Migrations(login).migrate();
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(login.url());
        pool.setUsername(login.user());
        pool.setPassword(login.password());
        pool.setMaximumPoolSize(settings.poolSize());
        pool.setPoolName("holovitals");
        pool.addDataSourceProperty("reWriteBatchedInserts", "true");
        pool.addDataSourceProperty("ApplicationName", "holovitals");
        pool.setConnectionInitSql("set role " + Roles.APPLICATION
                + "; set search_path = fhir, holovitals; set time zone 'UTC'; set statement_timeout = "
                + settings.statementTimeout().toMillis());
        return pool;
    }
}
