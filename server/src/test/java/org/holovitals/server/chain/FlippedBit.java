package org.holovitals.server.chain;

import java.util.List;
import java.util.Random;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * One bit of one column of a row of the log.
 *
 * @param column of text in ASCII
 * @param bit one of the lower five, so that the text stays one
 */
record FlippedBit(String column, int bit) {
    private static final List<String> COLUMNS = List.of("resource_id", "session_id", "resource", "action", "client_id");

    /** Any bit of the first letter of any of the columns. */
    static FlippedBit any(Random random) {
        return new FlippedBit(COLUMNS.get(random.nextInt(COLUMNS.size())), random.nextInt(5));
    }

    /** Flips it; a second time it is as it was. */
    void flip(JdbcClient owner, long seq) {
        int rows = owner.sql("""
                        update holovitals.audit_logs
                        set %1$s = convert_from(set_bit(%1$s::bytea, %2$d, 1 - get_bit(%1$s::bytea, %2$d)), 'UTF8')
                        where seq = ?
                        """.formatted(column, bit)).param(seq).update();
        if (rows != 1) {
            throw new IllegalStateException("row " + seq + " is not there");
        }
    }
}
