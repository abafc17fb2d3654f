package org.holovitals.server.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.holovitals.migrations.Login;

/** Unpooled connections for single tasks. */
final class Sessions {
    private Sessions() {}

    /** The driver's messages carry no row values: those are health data. */
    static Connection open(Login login) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", login.user());
        properties.setProperty("password", login.password());
        properties.setProperty("ApplicationName", "holovitals");
        properties.setProperty("logServerErrorDetail", "false");
        properties.setProperty("connectTimeout", "10");
        return DriverManager.getConnection(login.url(), properties);
    }
}
