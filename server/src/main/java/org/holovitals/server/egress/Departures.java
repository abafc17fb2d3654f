package org.holovitals.server.egress;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.holovitals.server.access.Caller;
import org.holovitals.server.alerts.Alert;
import org.holovitals.server.alerts.Alerts;
import org.holovitals.server.audit.AuditEntry;
import org.holovitals.server.audit.AuditEntry.Outcome;
import org.holovitals.server.audit.AuditEntry.Severity;
import org.holovitals.server.audit.AuditEntry.Who;
import org.holovitals.server.audit.AuditLogs;
import org.holovitals.server.base.Sha256;
import org.holovitals.server.costs.Quotas;
import org.holovitals.server.models.EgressMode;
import org.holovitals.server.models.LanguageModel.Departure;
import org.holovitals.server.models.ModelCalls;
import org.holovitals.server.models.Prompt;
import org.holovitals.server.models.Usage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Stands before the wire: looks at each body for what is known of the patient, and has it in the audit log before it goes.
 * Where either cannot be done nothing goes.
 */
final class Departures {
    private static final Logger LOG = LoggerFactory.getLogger(Departures.class);
    private static final JsonMapper JSON = new JsonMapper();

    /** What the formats say by themselves. */
    private static final Set<String> OF_THE_FORMAT = Set.of("model", "role", "type");

    private final ModelCalls calls;
    private final Quotas quotas;
    private final AuditLogs logs;
    private final Alerts alerts;
    private final TransactionOperations transactions;
    private final Clock clock;

    Departures(ModelCalls calls, Quotas quotas, News news, TransactionOperations transactions, Clock clock) {
        this.calls = calls;
        this.quotas = quotas;
        this.logs = news.logs();
        this.alerts = news.alerts();
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Where it is told of. */
    record News(AuditLogs logs, Alerts alerts) {}

    /**
     * What is to leave.
     *
     * @param call the row that it will have in model_calls
     * @param reservation what is kept for it; null where that is somebody else's
     */
    record Leaving(UUID call, @Nullable UUID reservation, Prompt prompt) {
        Usage most() {
            return new Usage(prompt.tokens(), prompt.maxTokens(), true);
        }
    }

    Gate gate(Inquiry inquiry, Identifiers known, Leaving leaving, Consumer<Departed> keep) {
        return new Gate(inquiry, known, leaving, keep);
    }

    /** Of one call; an attempt with the same body passes as the first did. */
    final class Gate implements Departure {
        private final Inquiry inquiry;
        private final Identifiers known;
        private final Leaving leaving;
        private final Consumer<Departed> keep;
        private String passed = "";

        private Gate(Inquiry inquiry, Identifiers known, Leaving leaving, Consumer<Departed> keep) {
            this.inquiry = inquiry;
            this.known = known;
            this.leaving = leaving;
            this.keep = keep;
        }

        boolean hasLeft() {
            return !passed.isEmpty();
        }

        @Override
        public boolean permits(String body) {
            String sha256 = Sha256.hex(body);
            if (sha256.equals(passed)) {
                return true;
            }
            try {
                if (hasLeft() || (inquiry.mode() != EgressMode.BAA_FULL && names(body))) {
                    transactions.executeWithoutResult(status -> refuse(sha256));
                    return false;
                }
                transactions.executeWithoutResult(status -> depart(sha256));
                passed = sha256;
                return true;
            } catch (RuntimeException e) {
                // Its message could quote a row.
                LOG.warn(
                        "Something was not sent to {}, since it could not be kept: {}",
                        inquiry.model().name(),
                        e.getClass().getName());
                return false;
            }
        }

        private boolean names(String body) {
            return texts(body).stream().anyMatch(known::areIn);
        }

        private void depart(String sha256) {
            UUID call = leaving.call();
            calls.begin(new ModelCalls.Begun(
                    call, inquiry.model(), inquiry.place().purpose(), inquiry.mode(), sha256, leaving.most()));
            UUID reservation = leaving.reservation();
            if (reservation != null && !quotas.tie(reservation, call)) {
                throw new IllegalStateException("What was kept for it was given back meanwhile");
            }
            keep.accept(new Departed(
                    call,
                    inquiry.model(),
                    inquiry.mode(),
                    leaving.prompt().messages().get(0).text(),
                    sha256));
            logs.appendLast(entry("egress", sha256, Outcome.SUCCESS, Severity.MEDIUM));
        }

        private void refuse(String sha256) {
            alerts.raise(new Alert(
                    "egress-identifier:" + inquiry.place().id(),
                    inquiry.whose().user(),
                    "egress-identifier",
                    Severity.HIGH,
                    Map.of(
                            "model", inquiry.model().title(),
                            "mode", inquiry.mode().text(),
                            "sha256", sha256)));
            logs.appendLast(entry("egress", sha256, Outcome.REFUSED, Severity.HIGH));
        }

        private AuditEntry entry(String action, String sha256, Outcome outcome, Severity severity) {
            Caller caller = inquiry.whose().caller();
            caller.call().record().about(inquiry.whose().patient());
            return new AuditEntry(
                    clock.instant(),
                    new Who(
                            inquiry.whose().user(),
                            caller.client(),
                            caller.session(),
                            caller.call().address(),
                            null),
                    action,
                    inquiry.place().table(),
                    inquiry.place().id().toString(),
                    caller.call().record().facts().about(),
                    outcome,
                    severity,
                    false,
                    Map.of(
                            "model", inquiry.model().title(),
                            "mode", inquiry.mode().text(),
                            "sha256", sha256));
        }
    }

    /** What a body says, without this server's own words. What is not understood is looked at as it is. */
    private static List<String> texts(String body) {
        List<String> texts = new ArrayList<>();
        try {
            collect("", JSON.readTree(body), texts);
        } catch (JsonProcessingException e) {
            texts.add(body);
        }
        return texts;
    }

    private static void collect(String name, JsonNode node, List<String> texts) {
        if (node.isTextual() && !OF_THE_FORMAT.contains(name) && !node.asText().equals(Gateway.SYSTEM)) {
            texts.add(node.asText());
        } else if (node.isArray()) {
            node.forEach(each -> collect(name, each, texts));
        } else {
            node.properties().forEach(field -> collect(field.getKey(), field.getValue(), texts));
        }
    }
}
