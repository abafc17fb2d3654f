package org.holovitals.server.identity;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.holovitals.migrations.Login;
import org.holovitals.server.database.EmbeddedDatabase;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What a running development server wrote down about logins, read from its own database. */
final class SignInRecord {
    private final JdbcClient jdbc;

    SignInRecord(Path directory) {
        Login login = EmbeddedDatabase.join(directory).orElseThrow();
        this.jdbc = JdbcClient.create(new DriverManagerDataSource(login.url(), login.user(), login.password()));
    }

    /** The actions of a session in the order in which they happened. */
    List<String> actions(String session) {
        return jdbc.sql(
                        "select action from holovitals.audit_logs where session_id = ? and resource = 'Account' order by timestamp")
                .param(session)
                .query(String.class)
                .list();
    }

    long count(String action) {
        return jdbc.sql("select count(*) from holovitals.audit_logs where action = ?")
                .param(action)
                .query(Long.class)
                .single();
    }

    /** Whether a text stands anywhere in the log. */
    boolean mentions(String text) {
        return jdbc.sql("select exists (select from holovitals.audit_logs a where a::text like '%' || ? || '%')")
                .param(text)
                .query(Boolean.class)
                .single();
    }

    Map<String, Object> user(String subject) {
        return jdbc.sql("select mfa_enabled, failed_login_attempts from holovitals.users where subject = ?")
                .param(subject)
                .query()
                .singleRow();
    }

    boolean isEnded(String session) {
        return jdbc.sql("select ended_at is not null from holovitals.user_sessions where session_id = ?")
                .param(session)
                .query(Boolean.class)
                .single();
    }
}
