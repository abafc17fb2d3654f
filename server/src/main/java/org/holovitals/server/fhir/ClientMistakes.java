package org.holovitals.server.fhir;

import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.exceptions.FHIRException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Failures inside of HAPI that a client's input causes: it reads the parameters of operations and patches without
 * checking them first. They are logged like failures of ours, since only reading the frames can tell.
 */
final class ClientMistakes {
    private static final Logger log = LoggerFactory.getLogger(ClientMistakes.class);
    private static final Set<RestOperationTypeEnum> OPERATIONS = Set.of(
            RestOperationTypeEnum.EXTENDED_OPERATION_INSTANCE,
            RestOperationTypeEnum.EXTENDED_OPERATION_SERVER,
            RestOperationTypeEnum.EXTENDED_OPERATION_TYPE,
            RestOperationTypeEnum.VALIDATE);

    private ClientMistakes() {}

    /** The 400 or 404 that says so; nothing where the database or the server failed. */
    static Optional<BaseServerResponseException> of(
            RequestDetails request, Throwable thrown, @Nullable String sqlState) {
        Optional<BaseServerResponseException> answer =
                sqlState == null ? answer(request, root(thrown)) : Optional.empty();
        answer.ifPresent(known ->
                log.warn("{} on {}: {}", known.getStatusCode(), request.getRestOperationType(), Frames.of(thrown)));
        return answer;
    }

    private static Optional<BaseServerResponseException> answer(RequestDetails request, Throwable root) {
        RestOperationTypeEnum interaction = request.getRestOperationType();
        if (request.getRequestPath() != null && request.getRequestPath().startsWith("swagger-ui")) {
            return Optional.of(new ResourceNotFoundException("There is nothing at this URL"));
        }
        if (interaction == RestOperationTypeEnum.PATCH && !(root instanceof DataAccessException)) {
            return Optional.of(
                    new InvalidRequestException("The patch cannot be applied: its content type, an operation,"
                            + " a path or a value does not fit the resource"));
        }
        if (interaction == RestOperationTypeEnum.TRANSACTION && isInput(root)) {
            return Optional.of(
                    new InvalidRequestException("An entry of the Bundle cannot be read: each needs request.method"
                            + " and request.url, a resource of the type in the URL, and a fullUrl and URL of its own"));
        }
        if (interaction != null && OPERATIONS.contains(interaction) && isInput(root)) {
            return Optional.of(new InvalidRequestException(
                    "A parameter of " + request.getOperation() + " is missing or cannot be read"));
        }
        return root instanceof IllegalArgumentException
                ? Optional.of(new InvalidRequestException("A value of the request cannot be read"))
                : Optional.empty();
    }

    private static boolean isInput(Throwable root) {
        return root instanceof IllegalArgumentException
                || root instanceof NullPointerException
                || root instanceof ClassCastException
                || root instanceof ArithmeticException
                || root instanceof IndexOutOfBoundsException
                || root instanceof FHIRException
                || root instanceof DataFormatException
                || root instanceof JsonProcessingException
                || root instanceof BaseServerResponseException;
    }

    private static Throwable root(Throwable thrown) {
        Throwable next = thrown;
        while (next.getCause() != null && next.getCause() != next) {
            next = next.getCause();
        }
        return next;
    }
}
