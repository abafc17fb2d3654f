package org.holovitals.migrations;

/**
 * A database login.
 *
 * @param url a JDBC URL of PostgreSQL 14 or newer
 * @param user a login that may create roles and schemas, or in whose database they stand already
 */
public record Login(String url, String user, String password) {

    /** Never shows the password. */
    @Override
    public String toString() {
        return "Login[" + url + ", " + user + "]";
    }
}
