package org.holovitals.server.intake;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/**
 * What was found in a file, hidden beside it until all of it is: a file of gigabytes is read for minutes, in which no connection to
 * the database is held.
 */
final class Harvest implements AutoCloseable {
    private static final int MOST_LOSSES = 200;
    private static final int NONE = -1;

    private final HiddenFile pieces;
    private final Set<String> losses = new LinkedHashSet<>();
    private int count;
    private int unlisted;

    private Harvest(HiddenFile pieces) {
        this.pieces = pieces;
    }

    /** Reads a file and tells its kind. */
    @FunctionalInterface
    interface Reader {
        Kind read(Sink sink);
    }

    /** Takes what was found. */
    @FunctionalInterface
    interface Taker {
        /**
         * A piece.
         *
         * @param ordinal its place in the whole
         * @param file which of the files of an archive it is in
         */
        void take(int ordinal, int file, Piece piece);
    }

    static Harvest in(Path directory, UUID id) throws IOException {
        return new Harvest(HiddenFile.in(directory, id + "-pieces"));
    }

    /** Has a file read, which may hold so many resources. */
    Kind gather(Reader reader, int most) throws IOException {
        return pieces.write(out -> {
            DataOutputStream data = new DataOutputStream(out);
            Kind kind = reader.read(new Basket(data, most));
            data.flush();
            return kind;
        });
    }

    /** Hands on all of it, in the order of the file. */
    void each(Taker taker) throws IOException {
        try (InputStream in = pieces.open()) {
            DataInputStream data = new DataInputStream(in);
            for (int ordinal = 0; ordinal < count; ordinal++) {
                int file = data.readInt();
                Piece piece = new Piece(String.valueOf(text(data)), text(data), text(data), text(data));
                taker.take(ordinal, file, piece);
            }
        }
    }

    private static @Nullable String text(DataInputStream in) throws IOException {
        int length = in.readInt();
        return length == NONE ? null : new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    /** What is left out; the first of very many. */
    List<String> losses() {
        List<String> told = new ArrayList<>(losses);
        if (unlisted > 0) {
            told.add("And " + unlisted + " more that are not listed");
        }
        return told;
    }

    @Override
    public void close() throws IOException {
        pieces.close();
    }

    /** Writes down what a reader finds. */
    private final class Basket implements Sink {
        private final DataOutputStream out;
        private final int most;
        private int file;

        Basket(DataOutputStream out, int most) {
            this.out = out;
            this.most = most;
        }

        @Override
        public void file() {
            file++;
        }

        @Override
        public void piece(Piece piece) {
            if (count >= most) {
                throw new Problem(ProblemType.IMPORT_TOO_LARGE, "A file may hold " + most + " resources");
            }
            count++;
            try {
                out.writeInt(file);
                text(piece.type());
                text(piece.fullUrl());
                text(piece.json());
                text(piece.refusal());
            } catch (IOException e) {
                throw new UncheckedIOException("What a file holds cannot be kept while it is read", e);
            }
        }

        private void text(@Nullable String text) throws IOException {
            byte[] bytes = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
            out.writeInt(text == null ? NONE : bytes.length);
            out.write(bytes);
        }

        @Override
        public void loss(String what) {
            if (losses.size() < MOST_LOSSES) {
                losses.add(what);
            } else if (!losses.contains(what)) {
                unlisted++;
            }
        }
    }
}
