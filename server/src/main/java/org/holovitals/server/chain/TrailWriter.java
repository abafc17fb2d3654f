package org.holovitals.server.chain;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes a trail as lines of JSON: the rows exactly as they were hashed, and what signs them. */
final class TrailWriter implements Trail.Listener {
    private final OutputStream out;
    private final ChainKey key;
    private final List<Removal> removals = new ArrayList<>();
    private long first;
    private long number;
    private Hash last = Hash.NONE;
    private long rows;

    TrailWriter(OutputStream out, ChainKey key) {
        this.out = out;
        this.key = key;
        line(TrailLines.HEADER.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void removal(Removal removal) {
        removals.add(removal);
        line(TrailLines.of(removal).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void batch(Batch batch) {
        first = first == 0 ? batch.number() : first;
        number = batch.number();
        last = batch.hash();
        line(TrailLines.of(batch).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void row(long seq, byte[] line) {
        rows++;
        line(line);
    }

    /** Writes the signed end, and returns how many rows the file holds. */
    long finish() {
        Seal seal = key.seal(Trail.FileEnd.hash(first, number, last, removals));
        line(TrailLines.of(new Trail.FileEnd(first, number, last, seal)).getBytes(StandardCharsets.UTF_8));
        return rows;
    }

    private void line(byte[] line) {
        try {
            out.write(line);
            out.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
