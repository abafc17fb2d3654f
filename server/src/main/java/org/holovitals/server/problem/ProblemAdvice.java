package org.holovitals.server.problem;

import com.fasterxml.jackson.databind.JsonMappingException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Answers what the routes throw. What Spring itself finds wrong with a request becomes a problem as well. */
@RestControllerAdvice
@ConditionalOnWebApplication
final class ProblemAdvice extends ResponseEntityExceptionHandler {

    @ExceptionHandler
    ResponseEntity<ProblemDocument> refused(Problem problem) {
        HttpHeaders headers = new HttpHeaders();
        problem.retryAfter()
                .ifPresent(time -> headers.set(HttpHeaders.RETRY_AFTER, String.valueOf(Math.max(1, time.toSeconds()))));
        return answer(ProblemDocument.of(problem), headers);
    }

    @Override
    protected ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException thrown, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return answer(ProblemDocument.of(new Problem(ProblemType.INVALID_REQUEST, place(thrown))), headers);
    }

    @Override
    protected ResponseEntity<Object> handleExceptionInternal(
            Exception thrown, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        String detail = body instanceof ProblemDetail known && known.getDetail() != null ? known.getDetail() : "";
        return answer(ProblemDocument.of(status.value(), detail), headers);
    }

    /** Names the field, never its value. */
    private static String place(HttpMessageNotReadableException thrown) {
        return thrown.getCause() instanceof JsonMappingException mapping
                        && !mapping.getPath().isEmpty()
                ? mapping.getPath().stream()
                        .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                        .collect(Collectors.joining(".", "The body has a value that is not understood at ", ""))
                : "The body is not JSON of the expected shape";
    }

    private static <T> ResponseEntity<T> answer(ProblemDocument problem, HttpHeaders headers) {
        @SuppressWarnings("unchecked")
        T body = (T) problem;
        return ResponseEntity.status(problem.status())
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(body);
    }
}
