package org.holovitals.server.consent;

import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.support.TransactionOperations;

/** Takes a grant from one state to the next in one transaction: the row, the FHIR Consent, and who is told. */
final class ConsentSteps {
    private static final Logger LOG = LoggerFactory.getLogger(ConsentSteps.class);
    private static final int TRIES = 3;

    private final TransactionOperations transactions;
    private final GrantList list;
    private final ConsentResources resources;
    private final ConsentNews news;

    ConsentSteps(TransactionOperations transactions, GrantList list, ConsentResources resources, ConsentNews news) {
        this.transactions = transactions;
        this.list = list;
        this.resources = resources;
        this.news = news;
    }

    /** Stores and tells of a grant as its row is now, in the transaction that runs. */
    ConsentGrant stored(UUID id, BiConsumer<ConsentNews, ConsentGrant> tell) {
        ConsentGrant grant = list.get(id).orElseThrow();
        resources.store(grant);
        tell.accept(news, grant);
        return grant;
    }

    /** Does a change or throws the problem that names the state in which the grant is now. */
    ConsentGrant take(UUID id, BooleanSupplier change, BiConsumer<ConsentNews, ConsentGrant> tell) {
        return inTransaction(() -> {
            if (!change.getAsBoolean()) {
                throw conflict(list.get(id).orElseThrow().status());
            }
            return stored(id, tell);
        });
    }

    /**
     * Ends a grant or throws the problem that names the state in which it is now. An end does not wait for the FHIR
     * Consent: where that cannot be stored any more, the row ends by itself.
     */
    ConsentGrant end(UUID id, BooleanSupplier change, BiConsumer<ConsentNews, ConsentGrant> tell) {
        try {
            return take(id, change, tell);
        } catch (InvalidRequestException | UnprocessableEntityException e) {
            LOG.warn("Grant {} ends without its FHIR Consent, which cannot be stored: {}", id, e.getStatusCode());
            note(id, change, tell);
            return list.get(id).orElseThrow();
        }
    }

    /** Ends a grant if the state still allows it. */
    void endIfPossible(UUID id, BooleanSupplier change, BiConsumer<ConsentNews, ConsentGrant> tell) {
        try {
            inTransaction(() -> change.getAsBoolean() ? stored(id, tell) : "");
        } catch (InvalidRequestException | UnprocessableEntityException e) {
            LOG.warn("Grant {} ends without its FHIR Consent, which cannot be stored: {}", id, e.getStatusCode());
            note(id, change, tell);
        }
    }

    /** Does a change of the row alone, if the state allows it. */
    void note(UUID id, BooleanSupplier change, BiConsumer<ConsentNews, ConsentGrant> tell) {
        inTransaction(() -> {
            if (change.getAsBoolean()) {
                tell.accept(news, list.get(id).orElseThrow());
            }
            return "";
        });
    }

    /** What an app does to the FHIR Consent at the same moment lets one of the two try again. */
    <T> T inTransaction(Supplier<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return Objects.requireNonNull(transactions.execute(status -> work.get()));
            } catch (ConcurrencyFailureException | ResourceVersionConflictException | UnexpectedRollbackException e) {
                if (attempt == TRIES) {
                    throw new Problem(ProblemType.CONFLICT, "The consent is being changed by somebody else");
                }
            }
        }
    }

    private static Problem conflict(Status now) {
        return new Problem(ProblemType.CONFLICT, "The consent is " + now.text() + " now, which does not allow this");
    }
}
