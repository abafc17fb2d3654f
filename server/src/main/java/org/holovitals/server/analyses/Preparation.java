package org.holovitals.server.analyses;

import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.holovitals.server.access.Caller;
import org.holovitals.server.analyses.PromptOptimizations.Sealed;
import org.holovitals.server.analyses.PromptSplits.Split;
import org.holovitals.server.analyses.Sealing.Place;
import org.holovitals.server.audit.AuditEntry.Outcome;
import org.holovitals.server.base.Ids;
import org.holovitals.server.context.ContextOptimizer;
import org.holovitals.server.context.Optimized;
import org.holovitals.server.context.Part;
import org.holovitals.server.context.PromptSplitter;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Reads a record for a task and splits it, or takes up what an earlier attempt left. That it was read stands in the audit log
 * by the commit with which the parts are there; before it nothing is done with them.
 */
final class Preparation {
    private final RecordTexts texts;
    private final Materials materials;
    private final Tables tables;
    private final Sealing sealing;
    private final TaskLog log;
    private final Tools tools;

    Preparation(Reading reading, Tables tables, Sealing sealing, TaskLog log, Tools tools) {
        this.texts = reading.texts();
        this.materials = reading.materials();
        this.tables = tables;
        this.sealing = sealing;
        this.log = log;
        this.tools = tools;
    }

    /** What is read, and whether it may still be. */
    record Reading(RecordTexts texts, Materials materials) {}

    /** What is written. */
    record Tables(
            TaskLeases leases,
            PromptOptimizations optimizations,
            PromptSplits splits,
            TransactionOperations transactions) {}

    /** What everything is given. */
    record Tools(Ids ids, Clock clock) {}

    /**
     * A record as the parts of a task.
     *
     * @param sources where what the parts cite stands
     */
    record Prepared(List<Split> splits, List<List<String>> sources, Instant asOf) {}

    Prepared of(AnalysisTask task, Caller caller, String question) {
        return left(task, caller).orElseGet(() -> read(task, caller, question));
    }

    /** Only while everything that was read may still be read. */
    private Optional<Prepared> left(AnalysisTask task, Caller caller) {
        List<Split> splits = tables.splits().of(task.id());
        Optional<Sealed> sealed =
                splits.isEmpty() ? Optional.empty() : tables.optimizations().of(task.id());
        return sealed.flatMap(row -> {
            List<List<String>> sources = sources(row);
            Set<String> all = new HashSet<>();
            sources.forEach(all::addAll);
            return texts.readable(caller, all).equals(all)
                    ? Optional.of(new Prepared(splits, sources, row.at()))
                    : Optional.empty();
        });
    }

    private List<List<String>> sources(Sealed row) {
        String[][] sources = sealing.openJson(place("metadata", row.id()), row.sources(), String[][].class);
        return Arrays.stream(sources).map(List::of).toList();
    }

    private Prepared read(AnalysisTask task, Caller caller, String question) {
        long began = System.nanoTime();
        Optimized optimized = ContextOptimizer.optimize(
                question,
                materials.read(caller, task).stream().map(RecordText::passage).toList());
        List<Split> splits =
                PromptSplitter.split(
                                optimized.text(),
                                task.kind().strategy(),
                                task.plan().window())
                        .stream()
                        .map(part -> sealed(task, part))
                        .toList();
        Sealed sealed = sealed(task, optimized);
        long milliseconds = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        tables.transactions().executeWithoutResult(status -> {
            if (!tables.leases().split(task, splits.size())) {
                throw new LeaseLost();
            }
            tables.splits().remove(task.id());
            splits.forEach(split -> tables.splits().add(task.id(), split));
            tables.optimizations().add(task.id(), sealed, optimized, milliseconds);
            log.read(task, caller, Outcome.SUCCESS);
        });
        return new Prepared(splits, optimized.sources(), sealed.at());
    }

    private Split sealed(AnalysisTask task, Part part) {
        UUID id = tools.ids().next();
        String content = sealing.seal(task.owner().patientRow(), content(id), part.content());
        return new Split(
                id,
                new Part(
                        part.id(),
                        part.ordinal(),
                        part.isOutline(),
                        content,
                        part.tokens(),
                        part.dependencies(),
                        part.isCut()),
                null);
    }

    private Sealed sealed(AnalysisTask task, Optimized optimized) {
        UUID id = tools.ids().next();
        UUID patient = task.owner().patientRow();
        return new Sealed(
                id,
                sealing.seal(patient, place("original_prompt", id), optimized.original()),
                sealing.seal(patient, place("optimized_prompt", id), optimized.text()),
                sealing.sealJson(patient, place("metadata", id), optimized.sources()),
                tools.clock().instant());
    }

    private static Place place(String column, UUID row) {
        return new Place("prompt_optimizations." + column, row);
    }

    static Place content(UUID split) {
        return new Place("prompt_splits.content", split);
    }
}
