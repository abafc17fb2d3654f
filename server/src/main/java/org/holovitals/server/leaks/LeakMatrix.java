package org.holovitals.server.leaks;

import ca.uhn.fhir.context.FhirContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceComponent;
import org.holovitals.server.leaks.FhirHttp.Answer;
import org.holovitals.server.leaks.LeakReport.Leak;

/**
 * Asks a server for the records of patients whom the callers may not see: every interaction, search and include that
 * its CapabilityStatement offers, the files of a bulk export, and every route of its API, by itself, in a batch and in a transaction.
 */
public final class LeakMatrix {
    private static final int CLIENTS = 4;

    private final LeakPlan plan;
    private final FhirContext fhir;
    private final FhirHttp http;
    private final CanaryResource resources;

    /** Sends nothing yet. */
    public LeakMatrix(LeakPlan plan) {
        this.plan = plan;
        this.fhir = FhirContext.forR4Cached();
        this.http = new FhirHttp(plan.base());
        this.resources = new CanaryResource(fhir);
    }

    /** A case: as whom to ask what, and in which form. */
    private record Case(LeakPlan.Caller caller, Probe probe, Envelope envelope) {}

    /** Makes records, asks for them, and removes what it made. */
    public LeakReport run() {
        List<CapabilityStatementRestResourceComponent> offered = offered();
        List<String> types = offered.stream()
                .map(CapabilityStatementRestResourceComponent::getType)
                .filter(resources::isOfPatients)
                .toList();
        Canaries canaries = new Canaries(fhir, http, plan.service());
        List<Canary> made = new ArrayList<>();
        LeakReport report;
        try {
            plan.patients().forEach(patient -> made.add(canaries.of(patient, types)));
            try (ExportProbes exports = ExportProbes.of(http, plan.service(), plan.patients())) {
                report = ask(drawn(cases(offered, made, exports)), made);
            }
            made.forEach(canary -> canaries.changed(canary)
                    .forEach(path -> report.leaks().add(new Leak("anybody", "a write", path + " was changed"))));
        } finally {
            made.forEach(canaries::remove);
        }
        return new LeakReport(report.cases(), http.sent(), report.types(), report.shown(), report.leaks());
    }

    private List<CapabilityStatementRestResourceComponent> offered() {
        Answer answer = http.send(plan.service(), Probe.get("metadata"));
        if (!answer.isSuccess()) {
            throw new IllegalStateException("The CapabilityStatement cannot be read: status " + answer.status());
        }
        return fhir.newJsonParser()
                .parseResource(CapabilityStatement.class, answer.body())
                .getRestFirstRep()
                .getResource();
    }

    private List<Case> cases(
            List<CapabilityStatementRestResourceComponent> offered, List<Canary> made, ExportProbes exports) {
        ApiProbes api = ApiProbes.of(http, plan.service());
        List<Case> cases = new ArrayList<>();
        for (LeakPlan.Caller caller : plan.callers()) {
            Stream<Probe> ofOthers = hidden(caller, made).stream()
                    .flatMap(other ->
                            Stream.concat(probes(offered, other), other.isPart() ? Stream.empty() : api.all(other)));
            Stream.concat(ofOthers, exports.all().stream()).forEach(probe -> Stream.of(Envelope.values())
                    .filter(envelope -> envelope.fits(probe))
                    .forEach(envelope -> cases.add(new Case(caller, probe, envelope))));
        }
        return cases;
    }

    private Stream<Probe> probes(List<CapabilityStatementRestResourceComponent> offered, Canary other) {
        WriteProbes writes = new WriteProbes(resources);
        return offered.stream()
                .filter(type -> (type.getType().equals("Patient") && !other.isPart())
                        || other.ids().containsKey(type.getType()))
                .flatMap(type -> {
                    String id = other.ids().getOrDefault(type.getType(), other.patient());
                    Stream<Probe> reads = new ResourceProbes(type, other, id).all();
                    return type.getType().equals("Patient")
                            ? reads
                            : Stream.concat(reads, writes.all(type.getType(), id, other));
                });
    }

    private static List<Canary> hidden(LeakPlan.Caller caller, List<Canary> made) {
        return made.stream()
                .map(canary -> caller.sees().contains(canary.patient()) ? canary.part(caller.hiddenTypes()) : canary)
                .filter(canary -> !canary.traces().isEmpty())
                .toList();
    }

    private List<Case> drawn(List<Case> cases) {
        Collections.shuffle(cases, new Random(plan.seed()));
        return plan.cases() == 0 ? cases : cases.subList(0, Math.min(plan.cases(), cases.size()));
    }

    private LeakReport ask(List<Case> cases, List<Canary> made) {
        Map<String, Integer> shown = new LinkedHashMap<>();
        plan.callers().forEach(caller -> shown.put(caller.name(), own(caller, made)));
        List<Leak> leaks = leaks(cases, made);
        int types = made.stream().mapToInt(canary -> canary.ids().size()).max().orElse(0);
        return new LeakReport(cases.size(), http.sent(), types, shown, leaks);
    }

    /** Several at a time: each waits for its answers only. */
    private List<Leak> leaks(List<Case> cases, List<Canary> made) {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<Optional<Leak>>> asked = cases.stream()
                    .map(one -> clients.submit(() -> leak(one, made)))
                    .toList();
            List<Leak> leaks = new ArrayList<>();
            for (Future<Optional<Leak>> one : asked) {
                one.get().ifPresent(leaks::add);
            }
            return leaks;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("The server could not be asked", e.getCause());
        } finally {
            clients.shutdownNow();
        }
    }

    private Optional<Leak> leak(Case one, List<Canary> made) {
        return reason(one, made)
                .map(reason -> new Leak(one.caller().name(), one.envelope() + " " + one.probe(), reason));
    }

    private Optional<String> reason(Case one, List<Canary> made) {
        Probe sent = one.envelope().seal(one.probe());
        Answer answer = http.send(one.caller().token(), sent);
        Optional<String> reason = new LeakCheck(hidden(one.caller(), made)).reason(one.probe(), sent, answer);
        if (reason.isPresent() || one.envelope() != Envelope.PLAIN) {
            return reason;
        }
        return one.probe()
                .ofTwin()
                .map(twin -> http.send(one.caller().token(), twin).status())
                .filter(status -> status != answer.status())
                .map(status -> "an id that exists is answered with " + answer.status() + ", another with " + status);
    }

    /** How many of the records that the caller may see are shown: a server that refuses everything leaks nothing. */
    private int own(LeakPlan.Caller caller, List<Canary> made) {
        return (int) made.stream()
                .filter(canary -> caller.sees().contains(canary.patient()))
                .flatMap(canary -> canary.ids().entrySet().stream()
                        .map(resource -> Probe.get(resource.getKey() + "/" + resource.getValue()))
                        .map(probe -> http.send(caller.token(), probe))
                        .filter(answer -> answer.body().contains(canary.marker())))
                .count();
    }
}
