package org.holovitals.server.database;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import org.holovitals.migrations.Login;

/** Makes small pools of connections for work that must not wait until requests give theirs back. */
public final class Pools {
    private final Login login;

    /** On the database of a login. */
    public Pools(Login login) {
        this.login = login;
    }

    /** Connections with the application role's rights, whose statements end after a time. */
    public HikariDataSource application(String name, int connections, Duration statementTimeout) {
        return ManagedDataSource.application(login, name, connections, statementTimeout);
    }

    /** One connection with the rights of the login itself, for commands. */
    public HikariDataSource owner(String name) {
        return ManagedDataSource.owner(login, name);
    }

    /** Who logs in. */
    public String user() {
        return login.user();
    }
}
