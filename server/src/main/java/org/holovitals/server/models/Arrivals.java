package org.holovitals.server.models;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What comes for one request, read in the thread that asks: it waits no longer than its patience and stops when it is
 * interrupted, which Java's own stream of a body does not.
 */
final class Arrivals extends InputStream {
    /** No answer is as long; whoever sends more is not heard out. */
    private static final long MOST_BYTES = 16_000_000;

    private final BlockingQueue<Arrival> queue = new LinkedBlockingQueue<>();
    private final AtomicLong bytes = new AtomicLong();
    private final long silence;
    private final long end;
    private final CompletableFuture<?> exchange;
    private byte[] chunk = new byte[0];
    private int at;
    private boolean isAtEnd;

    Arrivals(HttpClient client, HttpRequest request, Wire.Patience patience) {
        this.silence = patience.silence().toNanos();
        this.end = System.nanoTime() + patience.left().toNanos();
        BodyHandler<Void> handler = info -> {
            queue.add(new Head(info));
            return info.statusCode() / 100 == 2
                    ? BodySubscribers.ofByteArrayConsumer(
                            piece -> queue.add(piece.<Arrival>map(this::counted).orElseGet(End::new)))
                    : BodySubscribers.replacing(null);
        };
        this.exchange = client.sendAsync(request, handler).whenComplete((response, broken) -> {
            if (broken != null) {
                queue.add(new Broken());
            }
        });
    }

    private sealed interface Arrival {}

    private record Head(ResponseInfo info) implements Arrival {}

    @SuppressWarnings("ArrayRecordComponent")
    private record Piece(byte[] bytes) implements Arrival {}

    private record End() implements Arrival {}

    private record Broken() implements Arrival {}

    private Arrival counted(byte[] piece) {
        return bytes.addAndGet(piece.length) > MOST_BYTES ? new Broken() : new Piece(piece);
    }

    /** Status and headers. */
    ResponseInfo head() throws IOException {
        if (next() instanceof Head head) {
            return head.info();
        }
        throw new IOException("there is no answer");
    }

    private Arrival next() throws IOException {
        long left = Math.min(silence, end - System.nanoTime());
        try {
            @Nullable Arrival arrival = queue.poll(Math.max(0, left), TimeUnit.NANOSECONDS);
            if (arrival == null) {
                throw new HttpTimeoutException("nothing came in time");
            }
            return arrival;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        while (at == chunk.length && !isAtEnd) {
            Arrival arrival = next();
            if (arrival instanceof Piece piece) {
                chunk = piece.bytes();
                at = 0;
            } else if (arrival instanceof End) {
                isAtEnd = true;
            } else {
                throw new IOException("the answer broke off");
            }
        }
        if (at == chunk.length) {
            return -1;
        }
        int count = Math.min(length, chunk.length - at);
        System.arraycopy(chunk, at, into, offset, count);
        at += count;
        return count;
    }

    /** Ends the connection when it is still under way. */
    @Override
    public void close() {
        exchange.cancel(true);
    }
}
