package org.holovitals.server.models;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.holovitals.server.models.ModelsSettings.Kind;
import org.holovitals.server.models.Prompt.Role;
import org.holovitals.server.models.Reply.Failure;
import org.holovitals.server.models.Reply.Finish;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The formats of OpenAI and Anthropic by LangChain4j. A client of its own stands for each attempt, which costs nothing beside
 * a call and keeps attempts apart.
 */
final class LangChain implements Attempts.Provider {
    private static final Logger LOG = LoggerFactory.getLogger(LangChain.class);
    private static final String ANTHROPIC = "https://api.anthropic.com/v1";
    private static final String OPENAI = "https://api.openai.com/v1";

    private final Kind kind;
    private final String baseUrl;
    private final String model;
    private final Key key;
    private final Means means;

    LangChain(Kind kind, @Nullable URI baseUrl, String model, Key key, Means means) {
        this.kind = kind;
        this.baseUrl = baseUrl != null ? baseUrl.toString() : kind == Kind.ANTHROPIC ? ANTHROPIC : OPENAI;
        this.model = model;
        this.key = key;
        this.means = means;
    }

    /** Where the key is. */
    @FunctionalInterface
    interface Key {
        /** As it is now; null where the provider wants none. */
        @Nullable
        String now();
    }

    /** What it is done with. */
    record Means(Wire wire, Clock clock) {}

    @Override
    public void send(Prompt prompt, Exchange exchange, Wire.Patience patience) {
        try {
            model(prompt.maxTokens(), means.wire().of(exchange, patience))
                    .chat(
                            ChatRequest.builder().messages(messages(prompt)).build(),
                            new Handler(exchange, means.clock()));
        } catch (RuntimeException e) {
            // Its message could quote the prompt. A key that is missing is the likeliest reason.
            LOG.warn("A model cannot be called: {}", e.getClass().getName());
            exchange.fail(Failure.REFUSED);
        }
        // A stream that ended without an end was cut.
        exchange.fail(Failure.MALFORMED);
    }

    private StreamingChatModel model(int maxTokens, HttpClient client) {
        HttpClientBuilder builder = new Client(client);
        return switch (kind) {
            case ANTHROPIC ->
                AnthropicStreamingChatModel.builder()
                        .httpClientBuilder(builder)
                        .baseUrl(baseUrl)
                        .apiKey(key.now())
                        .modelName(model)
                        .maxTokens(maxTokens)
                        .logRequests(false)
                        .logResponses(false)
                        .build();
            case OPENAI ->
                openAi(builder)
                        // Its newer models refuse the older parameter, which is what all others know.
                        .maxCompletionTokens(maxTokens)
                        .build();
            case OPENAI_COMPATIBLE -> openAi(builder).maxTokens(maxTokens).build();
        };
    }

    private OpenAiStreamingChatModel.OpenAiStreamingChatModelBuilder openAi(HttpClientBuilder builder) {
        return OpenAiStreamingChatModel.builder()
                .httpClientBuilder(builder)
                .baseUrl(baseUrl)
                .apiKey(key.now())
                .modelName(model)
                .logRequests(false)
                .logResponses(false);
    }

    private static List<ChatMessage> messages(Prompt prompt) {
        List<ChatMessage> messages = new ArrayList<>();
        messages.add(SystemMessage.from(prompt.system()));
        prompt.messages()
                .forEach(message -> messages.add(
                        message.role() == Role.USER
                                ? UserMessage.from(message.text())
                                : AiMessage.from(message.text())));
        return messages;
    }

    /** Hears what LangChain4j understands of a stream. */
    private record Handler(Exchange exchange, Clock clock) implements StreamingChatResponseHandler {
        @Override
        public void onPartialResponse(String piece) {
            exchange.add(piece, clock.instant());
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            boolean isWhole = response.finishReason() == FinishReason.STOP;
            exchange.finish(isWhole ? Finish.COMPLETE : Finish.INCOMPLETE, usage(response.tokenUsage()));
        }

        @Override
        public void onError(Throwable error) {
            exchange.fail(Failure.MALFORMED);
        }

        /** Null where none was told: Anthropic's client says zero then. */
        private static @Nullable Usage usage(@Nullable TokenUsage told) {
            Integer input = told == null ? null : told.inputTokenCount();
            Integer output = told == null ? null : told.outputTokenCount();
            return input == null || output == null || input <= 0 ? null : new Usage(input, output, false);
        }
    }

    /** Hands LangChain4j the client that it is to use; its time limits are the wire's. */
    private record Client(HttpClient client) implements HttpClientBuilder {
        @Override
        public @Nullable Duration connectTimeout() {
            return null;
        }

        @Override
        public HttpClientBuilder connectTimeout(Duration timeout) {
            return this;
        }

        @Override
        public @Nullable Duration readTimeout() {
            return null;
        }

        @Override
        public HttpClientBuilder readTimeout(Duration timeout) {
            return this;
        }

        @Override
        public HttpClient build() {
            return client;
        }
    }
}
