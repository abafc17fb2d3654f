package org.holovitals.server.importing;

import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.UnexpectedRollbackException;

/** What lies under a failed transaction. */
final class SqlCauses {
    private SqlCauses() {}

    /** Whether the same work may succeed when it is done again: another writer came in between. */
    static boolean isTransient(Throwable problem) {
        return !isUnstorableText(problem)
                && causes(problem)
                        .anyMatch(cause -> cause instanceof ResourceVersionConflictException
                                || cause instanceof DataIntegrityViolationException
                                || cause instanceof ConcurrencyFailureException
                                || cause instanceof UnexpectedRollbackException);
    }

    /** PostgreSQL's class 22, data exception: for text from JSON this is the NUL character. */
    static boolean isUnstorableText(Throwable problem) {
        return sqlState(problem).filter(state -> state.startsWith("22")).isPresent();
    }

    /** Whether the database is gone, so that no other work can succeed either. */
    static boolean isDatabaseGone(Throwable problem) {
        return sqlState(problem)
                        .filter(state -> state.startsWith("08") || state.startsWith("57P") || state.startsWith("53"))
                        .isPresent()
                || causes(problem)
                        .anyMatch(cause -> cause instanceof CannotCreateTransactionException
                                || cause instanceof DataAccessResourceFailureException);
    }

    private static Optional<String> sqlState(Throwable problem) {
        return causes(problem)
                .filter(SQLException.class::isInstance)
                .map(cause -> ((SQLException) cause).getSQLState())
                .filter(state -> state != null)
                .findFirst();
    }

    private static Stream<Throwable> causes(Throwable problem) {
        return ExceptionUtils.getThrowableList(problem).stream();
    }
}
