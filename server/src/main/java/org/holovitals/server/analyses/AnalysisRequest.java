package org.holovitals.server.analyses;

import java.util.List;
import java.util.UUID;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/**
 * What a caller asks for.
 *
 * @param type complex_query when it is not given
 * @param priority normal when it is not given
 * @param patient FHIR id of whose record; the launch's or the own when it is not given
 * @param documents ids of documents that are to be read, and nothing else; the whole record when none is given
 * @param model name of a language model that is to read it; without one nothing leaves this server
 */
public record AnalysisRequest(
        @Nullable String type,
        @Nullable String priority,
        @Nullable String question,
        @Nullable String patient,
        @Nullable List<UUID> documents,
        @Nullable String model) {
    private static final int LONGEST_QUESTION = 4000;
    private static final int MOST_DOCUMENTS = 100;

    Kind kind() {
        return type == null
                ? Kind.COMPLEX_QUERY
                : Kind.of(type)
                        .orElseThrow(() ->
                                wrong("type may be document_analysis, complex_query, comparison or trend_analysis"));
    }

    Priority urgency() {
        return priority == null
                ? Priority.NORMAL
                : Priority.of(priority).orElseThrow(() -> wrong("priority may be urgent, high, normal or low"));
    }

    List<UUID> named() {
        List<UUID> named =
                documents == null ? List.of() : documents.stream().distinct().toList();
        if (named.size() > MOST_DOCUMENTS) {
            throw wrong("documents may name " + MOST_DOCUMENTS);
        }
        return named;
    }

    String text() {
        if (question == null || question.isBlank() || question.length() > LONGEST_QUESTION) {
            throw wrong("question has to be a text of at most " + LONGEST_QUESTION + " characters");
        }
        return question.strip();
    }

    private static Problem wrong(String detail) {
        return new Problem(ProblemType.INVALID_REQUEST, detail);
    }
}
