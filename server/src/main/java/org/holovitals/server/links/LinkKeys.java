package org.holovitals.server.links;

import java.security.SecureRandom;
import org.holovitals.server.base.Ids;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code link_keys}. */
public final class LinkKeys {
    private static final int BYTES = 32;

    private final JdbcClient jdbc;
    private final Ids ids;

    public LinkKeys(JdbcClient jdbc, Ids ids) {
        this.jdbc = jdbc;
        this.ids = ids;
    }

    /** The key of a name, made by whichever server asks first. */
    public byte[] of(String name) {
        byte[] made = new byte[BYTES];
        new SecureRandom().nextBytes(made);
        jdbc.sql("""
                        insert into holovitals.link_keys (id, name, secret) values (?, ?, ?) on conflict (name) do nothing
                        """).params(ids.next(), name, made).update();
        return jdbc.sql("select secret from holovitals.link_keys where name = ?")
                .param(name)
                .query(byte[].class)
                .single();
    }
}
