package org.holovitals.server.documents;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import org.holovitals.server.base.Sha1;
import org.holovitals.server.base.Sha256;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;

/** What a client sends, counted and hashed on its way: it ends in a problem where it breaks off or becomes too large. */
final class MeasuredStream extends InputStream {
    private final InputStream in;
    private final long most;
    private final MessageDigest sha256 = Sha256.digest();
    private final MessageDigest sha1 = Sha1.digest();
    private long count;

    MeasuredStream(InputStream in, long most) {
        this.in = in;
        this.most = most;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = fromClient(bytes, offset, length);
        if (read > 0) {
            count += read;
            if (count > most) {
                throw tooLarge(most);
            }
            sha256.update(bytes, offset, read);
            sha1.update(bytes, offset, read);
        }
        return read;
    }

    /** What fails here is the client's or the network's, not the store's. */
    private int fromClient(byte[] bytes, int offset, int length) {
        try {
            return in.read(bytes, offset, length);
        } catch (IOException e) {
            throw new Problem(ProblemType.UPLOAD_INCOMPLETE);
        }
    }

    static Problem tooLarge(long most) {
        return new Problem(
                ProblemType.UPLOAD_TOO_LARGE, "The file is larger than " + most + " bytes, the most that is taken");
    }

    /** Reads on for twice as many bytes as are taken, so that a client that only listens when it has sent all hears the answer. */
    void drain() {
        byte[] thrown = new byte[8192];
        long left = 2 * most;
        try {
            for (int read = in.read(thrown); read >= 0 && left > 0; read = in.read(thrown)) {
                left -= read;
            }
        } catch (IOException e) {
            // Nobody listens any more.
        }
    }

    /** What was read, when all of it was. */
    Measured measured() {
        return new Measured(count, sha256.digest(), sha1.digest());
    }

    /** Size and hashes of a file. */
    static final class Measured {
        private final long size;
        private final byte[] sha256;
        private final byte[] sha1;

        Measured(long size, byte[] sha256, byte[] sha1) {
            this.size = size;
            this.sha256 = sha256;
            this.sha1 = sha1;
        }

        long size() {
            return size;
        }

        byte[] sha256() {
            return sha256.clone();
        }

        byte[] sha1() {
            return sha1.clone();
        }
    }
}
