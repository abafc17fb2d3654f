package org.holovitals.server.access;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.param.HistorySearchDateRangeParam;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.instance.model.api.IIdType;
import org.holovitals.server.stored.ResourceLine;
import org.holovitals.server.stored.ResourceTables;
import org.holovitals.server.stored.StoredResource;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** What is stored, whoever may see it: it is looked at to decide that, and goes no further. */
final class StoredVersions {
    private final ResourceTables stored;
    private final DaoRegistry daos;
    private final Compartments compartments;
    private final FhirContext fhir;

    StoredVersions(ResourceTables stored, DaoRegistry daos, Compartments compartments, FhirContext fhir) {
        this.stored = stored;
        this.daos = daos;
        this.compartments = compartments;
        this.fhir = fhir;
    }

    /** The current version; empty for an unknown id and a deleted resource. */
    Optional<Facts> current(IIdType id) {
        return isWriting()
                ? loaded(id.toVersionless())
                : stored.current(id.getResourceType(), id.getIdPart()).map(this::facts);
    }

    /** The current versions of those of some ids that are there, each by its reference. */
    Map<String, Facts> current(Collection<? extends IIdType> ids) {
        Map<String, Facts> found = new HashMap<>();
        if (isWriting()) {
            ids.forEach(id -> current(id).ifPresent(facts -> found.put(reference(id), facts)));
        } else if (!ids.isEmpty()) {
            List<String> types = ids.stream().map(IIdType::getResourceType).toList();
            stored.current(types, ids.stream().map(IIdType::getIdPart).toList())
                    .forEach(resource -> found.put(resource.type() + "/" + resource.id(), facts(resource)));
        }
        return found;
    }

    private static String reference(IIdType id) {
        return id.toUnqualifiedVersionless().getValue();
    }

    /** The version that an id names; empty also where it is a deletion. */
    Optional<Facts> version(IIdType id) {
        boolean isNumbered = id.hasVersionIdPart() && id.getVersionIdPart().matches("[1-9]\\d{0,17}");
        return isNumbered && !isWriting()
                ? stored.version(id.getResourceType(), id.getIdPart(), id.getVersionIdPartAsLong())
                        .map(this::facts)
                : loaded(id);
    }

    /** What a transaction has written so far is known to HAPI first, and to the database at its end. */
    private static boolean isWriting() {
        return TransactionSynchronizationManager.isActualTransactionActive();
    }

    private Optional<Facts> loaded(IIdType id) {
        try {
            IBaseResource found = daos.getResourceDao(id.getResourceType()).read(id, new SystemRequestDetails());
            return Optional.of(
                    new Facts(id.getResourceType(), compartments.owners(found), Parts.of(found), () -> found));
        } catch (ResourceNotFoundException | ResourceGoneException | InvalidRequestException e) {
            return Optional.empty();
        }
    }

    /** All versions, the newest first. */
    List<IBaseResource> versions(IIdType id) {
        try {
            return daos.getResourceDao(id.getResourceType())
                    .history(id.toVersionless(), new HistorySearchDateRangeParam(), new SystemRequestDetails())
                    .getResources(0, Integer.MAX_VALUE);
        } catch (ResourceNotFoundException | InvalidRequestException e) {
            return List.of();
        }
    }

    private Facts facts(StoredResource resource) {
        try {
            return Facts.of(resource, ResourceLine.of(resource), compartments, fhir);
        } catch (IOException e) {
            throw new UncheckedIOException("A stored resource cannot be read", e);
        }
    }
}
