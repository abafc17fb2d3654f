package org.holovitals.server.bulk;

import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.UnclassifiedServerFailureException;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.holovitals.server.access.Caller;
import org.holovitals.server.base.Ids;
import org.holovitals.server.bulk.BulkJob.Kind;
import org.holovitals.server.bulk.BulkJob.Owner;
import org.holovitals.server.bulk.BulkJob.State;
import org.holovitals.server.bulk.BulkJob.Status;
import org.holovitals.server.fhir.OutcomeWriter;

/** Puts jobs into the queue, and answers with where to ask after them. */
final class JobStarts {
    private static final int TOO_MANY = 429;
    private static final String RETRY_SECONDS = "60";

    private final BulkJobs jobs;
    private final BulkDirectory directory;
    private final int most;
    private final JobRunner runner;
    private final Tools tools;

    JobStarts(BulkJobs jobs, BulkDirectory directory, int most, JobRunner runner, Tools tools) {
        this.jobs = jobs;
        this.directory = directory;
        this.most = most;
        this.runner = runner;
        this.tools = tools;
    }

    /** What every job is made with. */
    record Tools(Ids ids, Clock clock, ObjectMapper json, OutcomeWriter outcomes) {}

    /** Whoever calls; a job within a bundle would have no answer of its own. */
    static Caller caller(ServletRequestDetails request) {
        if (request.isSubRequest()) {
            throw new InvalidRequestException("This operation is not for bundles");
        }
        return Caller.of(request).orElseThrow(() -> new ForbiddenOperationException("Nobody calls"));
    }

    void start(ServletRequestDetails request, Caller caller, Kind kind, Set<String> types, Object task)
            throws IOException {
        HttpServletResponse response = request.getServletResponse();
        if (directory.isFull()) {
            response.setHeader("Retry-After", RETRY_SECONDS);
            tools.outcomes()
                    .write(
                            request.getServletRequest(),
                            response,
                            HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                            IssueType.TRANSIENT,
                            "There is no room for files now; try again later");
            return;
        }
        BulkJob job = new BulkJob(
                tools.ids().next(),
                kind,
                Owner.of(caller),
                types,
                tools.json().writeValueAsString(task),
                url(request),
                new State(Status.QUEUED, 0, tools.clock().instant(), 0, null, null, null));
        if (!jobs.add(job, most)) {
            response.setHeader("Retry-After", RETRY_SECONDS);
            throw new UnclassifiedServerFailureException(
                    TOO_MANY, "Too many exports and imports run or wait; try again later");
        }
        caller.call().record().detail("job", job.id().toString());
        response.setHeader("Content-Location", statusUrl(request, kind, job.id()));
        response.setStatus(HttpServletResponse.SC_ACCEPTED);
        response.flushBuffer();
        runner.wake();
    }

    private static String url(ServletRequestDetails request) {
        String query = request.getServletRequest().getQueryString();
        return request.getFhirServerBase() + "/" + request.getRequestPath() + (query == null ? "" : "?" + query);
    }

    private static String statusUrl(ServletRequestDetails request, Kind kind, UUID job) {
        return request.getServerBaseForRequest() + "/$" + kind.name().toLowerCase(Locale.ROOT) + "-poll-status?_jobId="
                + job;
    }
}
