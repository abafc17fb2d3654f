package org.holovitals.server.access;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.instance.model.api.IIdType;
import org.holovitals.server.access.SmartScope.Level;

/** Who may call which FHIR operation. An operation that is not listed here answers nobody. */
final class Operations {
    private static final List<Interaction> READING = List.of(Interaction.READ, Interaction.SEARCH);

    private final InteractionGate gate;
    private final Visibility visibility;
    private final Map<String, Rule> rules = Map.ofEntries(
            Map.entry("$everything", this::everything),
            Map.entry("$summary", this::summary),
            Map.entry("$lastn", this::latest),
            Map.entry("$validate", this::validate),
            Map.entry("$meta", service(Interaction.READ)),
            Map.entry("$meta-add", service(Interaction.UPDATE)),
            Map.entry("$meta-delete", service(Interaction.UPDATE)),
            Map.entry("$diff", service(Interaction.READ)),
            Map.entry("$binary-access-read", service(Interaction.READ)),
            Map.entry("$binary-access-write", service(Interaction.UPDATE)),
            Map.entry("$expand", service(Interaction.READ)),
            Map.entry("$validate-code", service(Interaction.READ)),
            Map.entry("$lookup", service(Interaction.READ)),
            Map.entry("$subsumes", service(Interaction.READ)),
            Map.entry("$translate", service(Interaction.READ)),
            Map.entry("$export", (caller, request) -> requireService(caller)),
            Map.entry("$export-poll-status", (caller, request) -> requireService(caller)),
            Map.entry("$export-file", (caller, request) -> requireService(caller)),
            Map.entry("$import", (caller, request) -> maintain(caller)),
            Map.entry("$import-poll-status", (caller, request) -> maintain(caller)),
            Map.entry("$import-file", (caller, request) -> maintain(caller)),
            Map.entry("$get-resource-counts", (caller, request) -> maintain(caller)),
            Map.entry("$reindex", (caller, request) -> maintain(caller)),
            Map.entry("$expunge", (caller, request) -> maintain(caller)),
            Map.entry("$delete-expunge", (caller, request) -> maintain(caller)));

    Operations(InteractionGate gate, Visibility visibility) {
        this.gate = gate;
        this.visibility = visibility;
    }

    private interface Rule {
        void check(Caller caller, RequestDetails request);
    }

    /** Returns when the caller may call the operation of a request. */
    void check(Caller caller, RequestDetails request) {
        Rule rule = rules.get(String.valueOf(request.getOperation()));
        if (rule == null) {
            throw InteractionGate.refusal("This operation");
        }
        rule.check(caller, request);
    }

    /** Whether the caller may do what goes past single resources: administrators, and services with all scopes. */
    boolean mayMaintain(Caller caller) {
        return caller.hasRole(Caller.ROLE_ADMIN)
                || (caller.isService()
                        && Stream.of(Interaction.values())
                                .allMatch(interaction -> caller.scopes().permitAll(Level.SYSTEM, interaction)));
    }

    private void maintain(Caller caller) {
        if (!mayMaintain(caller)) {
            throw InteractionGate.refusal("This operation");
        }
    }

    private static void requireService(Caller caller) {
        if (!caller.isService()) {
            throw InteractionGate.refusal("This operation");
        }
    }

    private Rule service(Interaction interaction) {
        return (caller, request) -> {
            requireService(caller);
            if (request.getResourceName() == null) {
                maintain(caller);
            } else {
                gate.require(caller, request.getResourceName(), interaction);
            }
        };
    }

    /** What it finds beside the patient is shown by the scopes for searching each type. */
    private void everything(Caller caller, RequestDetails request) {
        READING.forEach(interaction -> gate.require(caller, request.getResourceName(), interaction));
        requireInstance(caller, request);
    }

    /** Who searches by patient is shown what may be found of that patient. */
    private void latest(Caller caller, RequestDetails request) {
        gate.require(caller, request.getResourceName(), Interaction.SEARCH);
    }

    /** A summary that leaves out what some scope does not cover would read as if there were nothing. */
    private void summary(Caller caller, RequestDetails request) {
        boolean readsAll = Stream.of(Level.values()).anyMatch(level -> READING.stream()
                .allMatch(interaction -> caller.scopes().permitAll(level, interaction)));
        if (!readsAll) {
            throw InteractionGate.refusal("A summary of everything");
        }
        requireInstance(caller, request);
    }

    private void validate(Caller caller, RequestDetails request) {
        Optional<Interaction> any = Stream.of(Interaction.CREATE, Interaction.UPDATE, Interaction.READ)
                .filter(interaction ->
                        caller.scopes().covering(String.valueOf(request.getResourceName()), interaction).stream()
                                .findAny()
                                .isPresent())
                .findFirst();
        gate.require(caller, request.getResourceName(), any.orElse(Interaction.READ));
        IIdType id = request.getId();
        if (id != null && id.hasIdPart()) {
            gate.require(caller, request.getResourceName(), Interaction.READ);
            requireInstance(caller, request);
        }
    }

    private void requireInstance(Caller caller, RequestDetails request) {
        if (caller.isService() || DirectRead.isOn(request)) {
            return;
        }
        IIdType id = request.getId();
        if (id == null || !id.hasIdPart()) {
            throw InteractionGate.refusal("This operation on all resources of a type");
        }
        visibility.require(caller, id, Interaction.READ);
    }
}
