package org.holovitals.server.bulk;

import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.io.IOException;
import java.util.Set;
import org.hl7.fhir.r4.model.IdType;
import org.holovitals.server.access.BulkExports;
import org.holovitals.server.access.Caller;
import org.holovitals.server.audit.AccessRecord;
import org.holovitals.server.bulk.ExportTask.Level;

/** Starts exports, for callers whose scopes hold what they take out. */
final class ExportStarts {
    private final ExportTasks tasks;
    private final PatientLists lists;
    private final JobStarts starts;

    ExportStarts(ExportTasks tasks, PatientLists lists, JobStarts starts) {
        this.tasks = tasks;
        this.lists = lists;
        this.starts = starts;
    }

    void ofEverything(ServletRequestDetails request) throws IOException {
        start(request, tasks::ofEverything);
    }

    void ofPatients(ServletRequestDetails request) throws IOException {
        start(request, tasks::ofPatients);
    }

    void ofPatient(ServletRequestDetails request, IdType patient) throws IOException {
        start(request, (asked, types) -> tasks.ofPatient(asked, types, patient));
    }

    void ofGroup(ServletRequestDetails request, IdType group) throws IOException {
        start(request, (asked, types) -> tasks.ofGroup(asked, types, group));
    }

    private interface Reading {
        ExportTask task(Asked asked, Set<String> types);
    }

    /** The scopes come first: whoever may not export is not told which patients and groups there are. */
    private void start(ServletRequestDetails request, Reading reading) throws IOException {
        Caller caller = JobStarts.caller(request);
        Asked asked = Asked.of(request);
        asked.requireAsync();
        Set<String> types = BulkExports.types(caller, tasks.types(asked), tasks.known());
        ExportTask task = reading.task(asked, types);
        record(caller.call().record(), task);
        starts.start(request, caller, BulkJob.Kind.EXPORT, types, task);
    }

    private void record(AccessRecord record, ExportTask task) {
        if (task.level() != Level.PATIENTS) {
            record.aboutEveryone();
        } else if (task.group() != null && task.patients().isEmpty()) {
            record.about(lists.members(task.group()).orElse(Set.of()));
        } else {
            record.about(task.patients());
        }
    }
}
