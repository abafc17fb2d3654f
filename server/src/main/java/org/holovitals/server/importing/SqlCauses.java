package org.holovitals.server.importing;

import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.holovitals.server.fhir.SqlStates;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.UnexpectedRollbackException;

/** What lies under a failed transaction. */
final class SqlCauses {
    /** Connection exception, operator intervention by a shutdown, insufficient resources. */
    private static final Pattern GONE = Pattern.compile("08|57P|53");

    private SqlCauses() {}

    /** Whether the same work may succeed when it is done again: another writer came in between. */
    static boolean isTransient(Throwable problem) {
        return !SqlStates.isDataException(SqlStates.of(problem))
                && causes(problem)
                        .anyMatch(cause -> cause instanceof ResourceVersionConflictException
                                || cause instanceof DataIntegrityViolationException
                                || cause instanceof ConcurrencyFailureException
                                || cause instanceof UnexpectedRollbackException);
    }

    /** Whether the database is gone, so that no other work can succeed either. */
    static boolean isDatabaseGone(Throwable problem) {
        String state = SqlStates.of(problem);
        return (state != null && GONE.matcher(state).lookingAt())
                || causes(problem)
                        .anyMatch(cause -> cause instanceof CannotCreateTransactionException
                                || cause instanceof DataAccessResourceFailureException);
    }

    private static Stream<Throwable> causes(Throwable problem) {
        return ExceptionUtils.getThrowableList(problem).stream();
    }
}
