package org.holovitals.server.documents;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Bytes from the network, given up when none come for a time: the JDK's client waits for the head of an answer only. */
final class PatientStream extends FilterInputStream {
    private final Executor patience;

    PatientStream(InputStream in, Duration patience) {
        super(in);
        this.patience = CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int count = read(one, 0, 1);
        return count < 0 ? -1 : one[0] & 0xff;
    }

    /** Closing it from outside ends the read that waits. */
    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        CompletableFuture<Void> late = CompletableFuture.runAsync(this::giveUp, patience);
        try {
            return in.read(bytes, offset, length);
        } finally {
            late.cancel(false);
        }
    }

    private void giveUp() {
        try {
            in.close();
        } catch (IOException e) {
            // Whoever reads learns of it.
        }
    }
}
