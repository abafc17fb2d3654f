package org.holovitals.server.database;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.largeobject.LargeObject;
import org.postgresql.largeobject.LargeObjectManager;

/**
 * The large objects that HAPI's tables point to, as one stream: for each its id (8 bytes), then blocks, each with its
 * length before it (4 bytes), the last of length 0.
 */
final class LargeObjects {
    private static final int BLOCK = 64 << 10;

    private final Connection connection;

    LargeObjects(Connection connection) {
        this.connection = connection;
    }

    /** Returns how many there were. */
    long write(List<Catalog.Table> tables, OutputStream out) throws SQLException, IOException {
        String references = references(tables);
        if (references == null) {
            return 0;
        }
        DataOutputStream data = new DataOutputStream(out);
        LargeObjectManager manager = manager();
        long count = 0;
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(1000);
            try (ResultSet row = statement.executeQuery(references)) {
                while (row.next()) {
                    write(manager, row.getLong(1), data);
                    count++;
                }
            }
        }
        data.flush();
        return count;
    }

    private static void write(LargeObjectManager manager, long id, DataOutputStream out)
            throws SQLException, IOException {
        out.writeLong(id);
        byte[] block = new byte[BLOCK];
        LargeObject object = manager.open(id, LargeObjectManager.READ);
        for (int length = object.read(block, 0, BLOCK); length > 0; length = object.read(block, 0, BLOCK)) {
            out.writeInt(length);
            out.write(block, 0, length);
        }
        out.writeInt(0);
        object.close();
    }

    /** Makes them under the ids that the rows name; returns how many. */
    long read(DataInputStream in) throws SQLException, IOException {
        LargeObjectManager manager = manager();
        long count = 0;
        try (Statement statement = connection.createStatement()) {
            for (Long id = next(in); id != null; id = next(in)) {
                statement.execute("SELECT lo_create(" + id + ")");
                LargeObject object = manager.open(id, LargeObjectManager.WRITE);
                for (int length = in.readInt(); length > 0; length = in.readInt()) {
                    object.write(in.readNBytes(Math.min(length, BLOCK)));
                }
                object.close();
                count++;
            }
        }
        return count;
    }

    private static @Nullable Long next(DataInputStream in) throws IOException {
        try {
            return in.readLong();
        } catch (EOFException end) {
            return null;
        }
    }

    /** Those of the rows that are about to be replaced. */
    void unlink(List<Catalog.Table> tables) throws SQLException {
        String references = references(tables);
        if (references == null) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT count(lo_unlink(object::oid)) FROM (" + references + ") AS referenced");
        }
    }

    /** A row may point to an object that is gone; opening that would end the transaction. */
    private static @Nullable String references(List<Catalog.Table> tables) {
        String union = tables.stream()
                .flatMap(table -> table.objectColumns().stream()
                        .map(column -> "SELECT " + column + " AS id FROM " + table.name() + " WHERE " + column
                                + " IS NOT NULL"))
                .collect(Collectors.joining(" UNION "));
        if (union.isEmpty()) {
            return null;
        }
        return "SELECT m.oid::bigint AS object FROM pg_largeobject_metadata m JOIN (" + union
                + ") AS r ON r.id = m.oid ORDER BY 1";
    }

    private LargeObjectManager manager() throws SQLException {
        return connection.unwrap(PGConnection.class).getLargeObjectAPI();
    }
}
