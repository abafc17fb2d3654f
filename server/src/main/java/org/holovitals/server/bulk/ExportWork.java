package org.holovitals.server.bulk;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.holovitals.server.access.Call;
import org.holovitals.server.access.Caller;
import org.holovitals.server.access.RevokedTokens;
import org.holovitals.server.access.SmartScopes;
import org.holovitals.server.bulk.ExportTask.Level;
import org.holovitals.server.exporting.Exporter;
import org.holovitals.server.exporting.PagedFiles;
import org.holovitals.server.exporting.Reach;
import org.holovitals.server.exporting.Selection;
import org.holovitals.server.exporting.WrittenFile;
import org.holovitals.server.stored.RootElements;

/** Carries out an export: one pass over a snapshot, into files. */
final class ExportWork implements JobWork {
    private static final String ERROR = "error";

    private final Exporter exporter;
    private final Sources sources;
    private final BulkDirectory directory;
    private final PagedFiles.Limits limits;
    private final JobEnds ends;

    ExportWork(Exporter exporter, Sources sources, BulkDirectory directory, PagedFiles.Limits limits, JobEnds ends) {
        this.exporter = exporter;
        this.sources = sources;
        this.directory = directory;
        this.limits = limits;
        this.ends = ends;
    }

    /** What is asked before and beside the reading. */
    record Sources(
            FhirContext fhir, ObjectMapper json, TypeFilters filters, PatientLists lists, RevokedTokens revoked) {}

    @Override
    public void run(Lease lease) throws IOException {
        BulkJob job = lease.job();
        requireNotRevoked(job);
        ExportTask task = sources.json().readValue(job.task(), ExportTask.class);
        Selection selection = selection(task, job.types());
        PagedFiles.Watch watch = lines -> goOn(lease, lines);
        try (PagedFiles files = new PagedFiles(directory.fresh(job.id()), limits, watch)) {
            DeletionBundles deletions = new DeletionBundles(sources.json(), files);
            RootElements elements = new RootElements(sources.fhir(), task.elements());
            Instant instant = exporter.extract(selection, new ExportLines(files, elements, deletions));
            deletions.finish();
            OutcomeLines outcomes = new OutcomeLines(sources.fhir());
            for (String ignored : task.ignored()) {
                files.write(ERROR, outcomes.warning(ignored), Set.of());
            }
            List<WrittenFile> written = files.finish();
            boolean isAboutEveryone = task.level() != Level.PATIENTS;
            ends.finish(
                    lease,
                    written.stream().map(file -> file(file, isAboutEveryone)).toList(),
                    instant);
        }
    }

    /** Its tokens may have been ended after one of them started the job. */
    private void requireNotRevoked(BulkJob job) {
        Caller owner = new Caller(
                job.owner().subject(),
                job.owner().client(),
                null,
                null,
                null,
                null,
                Set.of(),
                new SmartScopes(List.of()),
                true,
                Call.from(null));
        if (sources.revoked().contains(owner, job.state().createdAt())) {
            throw new JobFailed("The client that started this export may not do so any more");
        }
    }

    private void goOn(Lease lease, long lines) throws IOException {
        lease.add(lines);
        lease.require();
        if (directory.isFull()) {
            throw new JobFailed(
                    "There is not enough room for the files of this export; ask for less, or try again later");
        }
    }

    private Selection selection(ExportTask task, Set<String> types) {
        return new Selection(
                types,
                ExportTasks.except(types),
                reach(task),
                task.since(),
                task.until(),
                sources.filters().find(task.typeFilters()));
    }

    private Reach reach(ExportTask task) {
        return switch (task.level()) {
            case SYSTEM -> new Reach.Everything();
            case ALL_PATIENTS -> new Reach.AllPatients();
            case PATIENTS -> new Reach.Patients(patients(task));
        };
    }

    /** Who is in the group now; a member that was named and has left is left out. */
    private Set<String> patients(ExportTask task) {
        String group = task.group();
        if (group == null) {
            return task.patients();
        }
        Set<String> members =
                sources.lists().members(group).orElseThrow(() -> new JobFailed("The Group is not there any more"));
        return task.patients().isEmpty()
                ? members
                : task.patients().stream().filter(members::contains).collect(Collectors.toUnmodifiableSet());
    }

    /** What is nobody's, such as organisations, is no disclosure of anybody's record. */
    private BulkFile file(WrittenFile file, boolean isOfAll) {
        return switch (file.kind()) {
            case ERROR -> file(file, BulkFile.Kind.ERROR, "OperationOutcome", false);
            case DeletionBundles.KIND -> file(file, BulkFile.Kind.DELETED, "Bundle", isOfAll);
            default -> file(file, BulkFile.Kind.OUTPUT, file.kind(), isOfAll && exporter.isOfPatients(file.kind()));
        };
    }

    private static BulkFile file(WrittenFile file, BulkFile.Kind kind, String type, boolean isAboutEveryone) {
        return new BulkFile(kind, type, file.name(), file.lines(), file.bytes(), file.patients(), isAboutEveryone);
    }
}
