package org.holovitals.server.models;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse.ResponseInfo;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
import org.holovitals.server.models.Reply.Failure;

/**
 * LangChain4j's requests, sent in the thread that asks. Its own client knows no time limit for a stream, hides the header
 * {@code Retry-After} and takes a stream that was cut for a whole one; here each of these is told. Nothing of a request or
 * an answer is logged, and nothing of what a provider says with an error is kept: it may quote the prompt.
 */
final class Wire {
    private final java.net.http.HttpClient client;
    private final Clock clock;

    Wire(Duration connect, Clock clock) {
        this.clock = clock;
        this.client = java.net.http.HttpClient.newBuilder()
                .connectTimeout(connect)
                .followRedirects(java.net.http.HttpClient.Redirect.NEVER)
                .version(java.net.http.HttpClient.Version.HTTP_1_1)
                .build();
    }

    /** LangChain4j's client for one attempt, which ends when its time is over. */
    HttpClient of(Exchange exchange, Patience patience) {
        return new Attempt(exchange, patience);
    }

    /**
     * How long is waited.
     *
     * @param silence for which nothing may come
     * @param left until the attempt has to be over
     */
    record Patience(Duration silence, Duration left) {}

    private final class Attempt implements HttpClient {
        private final Exchange exchange;
        private final Patience patience;

        Attempt(Exchange exchange, Patience patience) {
            this.exchange = exchange;
            this.patience = patience;
        }

        @Override
        public SuccessfulHttpResponse execute(HttpRequest request) {
            throw new UnsupportedOperationException("answers are always streamed");
        }

        @Override
        public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
            if (!exchange.permits(request.body())) {
                exchange.fail(Failure.WITHHELD);
                return;
            }
            try (Arrivals arrivals = new Arrivals(client, toJdk(request), patience)) {
                answer(arrivals, listener);
            } catch (HttpTimeoutException e) {
                exchange.fail(Failure.TIMEOUT);
            } catch (IOException e) {
                exchange.fail(Failure.UNREACHABLE);
            } catch (RuntimeException e) {
                // Its message could quote the answer.
                exchange.fail(Failure.MALFORMED);
            }
        }

        private void answer(Arrivals arrivals, ServerSentEventListener listener) throws IOException {
            ResponseInfo head = arrivals.head();
            if (head.statusCode() / 100 != 2) {
                exchange.retryAfter(RetryAfter.of(head.headers(), clock.instant()));
                exchange.fail(Statuses.failure(head.statusCode()));
                return;
            }
            listener.onOpen(SuccessfulHttpResponse.builder()
                    .statusCode(head.statusCode())
                    .headers(head.headers().map())
                    .build());
            EventReader reader = new EventReader(arrivals);
            boolean isMore = true;
            while (isMore && !exchange.isOver()) {
                isMore = reader.next(listener);
            }
            if (!exchange.isOver()) {
                listener.onClose();
            }
        }
    }

    private static java.net.http.HttpRequest toJdk(HttpRequest request) {
        java.net.http.HttpRequest.Builder builder = java.net.http.HttpRequest.newBuilder(URI.create(request.url()))
                .method(request.method().name(), java.net.http.HttpRequest.BodyPublishers.ofString(request.body()));
        request.headers().forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
        return builder.build();
    }
}
