package org.holovitals.server.reading;

import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.instance.model.api.IIdType;
import org.holovitals.server.access.Call;
import org.holovitals.server.access.Caller;
import org.holovitals.server.access.Interaction;
import org.holovitals.server.access.LogReach;
import org.holovitals.server.access.RecordReach;
import org.holovitals.server.reading.RecordReader.Reading;
import org.holovitals.server.reading.RecordReader.Writing;
import org.holovitals.server.stored.ResourceLine;
import org.holovitals.server.stored.ResourceTables;
import org.holovitals.server.stored.RootElements;
import org.holovitals.server.stored.StoredResource;
import org.holovitals.server.stored.WholeResource;

/** A resource by its id, or a version of it. */
final class Reads {
    /** Served from elsewhere, or as what it holds. */
    private static final Set<String> OTHERS = Set.of(LogReach.TYPE, "Binary");

    private final ResourceTables stored;
    private final Rows rows;
    private final RecordReach reach;

    Reads(ResourceTables stored, Rows rows, RecordReach reach) {
        this.stored = stored;
        this.rows = rows;
        this.reach = reach;
    }

    /** Whether resources of a type are answered as they are stored. */
    static boolean isOfStorage(String type) {
        return !OTHERS.contains(type);
    }

    /** Empty for what HAPI has to answer. */
    Optional<Reading> of(RequestDetails request, Caller caller) {
        String type = request.getResourceName();
        Controls controls = Controls.of(request);
        return OTHERS.contains(type) || !reach.covers(type) || !controls.isBare()
                ? Optional.empty()
                : controls.elements().map(elements -> () -> read(request, caller, elements));
    }

    private Optional<Writing> read(RequestDetails request, Caller caller, RootElements elements) throws IOException {
        Optional<StoredResource> found = find(request, caller.call());
        if (found.isEmpty()) {
            return Optional.empty();
        }
        WholeResource whole = ResourceLine.of(found.get());
        if (!reach.shows(caller, found.get(), whole, Interaction.READ)) {
            return Optional.empty();
        }
        return Optional.of(
                CachedCopy.of(request).isCurrent(found.get())
                        ? answer -> answer.notModified(found.get())
                        : answer -> answer.resource(
                                found.get(), elements.of(found.get().type(), whole.json())));
    }

    private Optional<StoredResource> find(RequestDetails request, Call call) {
        IIdType id = request.getId();
        if (request.getRestOperationType() == RestOperationTypeEnum.READ) {
            UUID account = call.account();
            return account == null
                    ? stored.current(request.getResourceName(), id.getIdPart())
                    : rows.current(request.getResourceName(), id.getIdPart(), account, call::consentVersion);
        }
        return id.getVersionIdPart().matches("[1-9]\\d{0,17}")
                ? stored.version(request.getResourceName(), id.getIdPart(), Long.parseLong(id.getVersionIdPart()))
                : Optional.empty();
    }
}
