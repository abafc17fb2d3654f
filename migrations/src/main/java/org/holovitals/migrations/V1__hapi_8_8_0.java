package org.holovitals.migrations;

import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;

/** HAPI 8.8.0's tables in schema {@code fhir}. */
final class V1__hapi_8_8_0 extends BaseJavaMigration {
    private final Login login;

    V1__hapi_8_8_0(Login login) {
        this.login = login;
    }

    /** HAPI builds indexes concurrently, which PostgreSQL refuses inside a transaction. */
    @Override
    public boolean canExecuteInTransaction() {
        return false;
    }

    @Override
    public void migrate(Context context) {
        HapiSchema.migrate(login);
    }
}
