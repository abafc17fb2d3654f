package org.holovitals.server.bulk;

import ca.uhn.fhir.rest.api.RequestTypeEnum;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.UUID;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.holovitals.server.access.BulkExports;
import org.holovitals.server.access.Caller;
import org.holovitals.server.audit.AccessRecord;
import org.holovitals.server.bulk.BulkJob.Kind;
import org.holovitals.server.bulk.BulkJob.Owner;
import org.jspecify.annotations.Nullable;

/**
 * What a client gets that asks after a job: only the one who started it, and of an export only while his scopes still hold
 * all that it takes out. To others there is no such job.
 */
final class JobAnswers {
    private static final String JOB = "_jobId";
    private static final Duration YOUNG = Duration.ofMinutes(1);

    private final BulkJobs jobs;
    private final BulkFiles files;
    private final BulkDirectory directory;
    private final JobStarts.Tools tools;

    JobAnswers(BulkJobs jobs, BulkFiles files, BulkDirectory directory, JobStarts.Tools tools) {
        this.jobs = jobs;
        this.files = files;
        this.directory = directory;
        this.tools = tools;
    }

    /** Answers how far a job is, or ends it. */
    void status(ServletRequestDetails request, Kind kind) throws IOException {
        BulkJob job = own(request, kind);
        HttpServletResponse response = request.getServletResponse();
        response.setHeader("Cache-Control", "no-store");
        if (request.getRequestType() == RequestTypeEnum.DELETE) {
            jobs.remove(job.id());
            directory.remove(job.id());
            response.setStatus(HttpServletResponse.SC_ACCEPTED);
            return;
        }
        switch (job.state().status()) {
            case QUEUED -> progress(response, job, "waiting");
            case RUNNING -> progress(response, job, job.state().resources() + " resources up to now");
            case DONE -> manifest(request, response, job);
            case FAILED ->
                tools.outcomes()
                        .write(
                                request.getServletRequest(),
                                response,
                                HttpServletResponse.SC_INTERNAL_SERVER_ERROR,
                                IssueType.EXCEPTION,
                                String.valueOf(job.state().problem()));
        }
    }

    /** A client that asks too often is not served sooner. */
    private void progress(HttpServletResponse response, BulkJob job, String text) {
        boolean isYoung =
                job.state().createdAt().plus(YOUNG).isAfter(tools.clock().instant());
        response.setHeader("X-Progress", text);
        response.setHeader("Retry-After", isYoung ? "1" : "10");
        response.setStatus(HttpServletResponse.SC_ACCEPTED);
    }

    private void manifest(ServletRequestDetails request, HttpServletResponse response, BulkJob job) throws IOException {
        String operation = job.kind() == Kind.EXPORT ? "/$export-file?" : "/$import-file?";
        String address = request.getServerBaseForRequest() + operation + JOB + "=" + job.id() + "&_file=";
        if (job.state().expiresAt() != null) {
            response.setHeader(
                    "Expires",
                    DateTimeFormatter.RFC_1123_DATE_TIME.format(
                            job.state().expiresAt().atOffset(ZoneOffset.UTC)));
        }
        response.setContentType("application/json");
        response.getOutputStream().write(tools.json().writeValueAsBytes(Manifest.of(job, files.of(job.id()), address)));
    }

    /** Answers with a file, of which the row in the audit log says whom it is about. */
    void file(ServletRequestDetails request, Kind kind) throws IOException {
        BulkJob job = own(request, kind);
        String name = Asked.of(request).one("_file");
        BulkFile file = Optional.ofNullable(name)
                .flatMap(given -> files.find(job.id(), given))
                .filter(known -> directory.has(job.id(), known))
                .orElseThrow(JobAnswers::unknown);
        AccessRecord record = JobStarts.caller(request).call().record();
        record.resource(file.type(), null);
        record.about(file.patients());
        if (file.isAboutEveryone()) {
            record.aboutEveryone();
        }
        HttpServletResponse response = request.getServletResponse();
        response.setContentType("application/fhir+ndjson");
        response.setHeader("Cache-Control", "no-store");
        response.setContentLengthLong(file.bytes());
        directory.copy(job.id(), file, response.getOutputStream());
    }

    private BulkJob own(ServletRequestDetails request, Kind kind) {
        Caller caller = JobStarts.caller(request);
        Optional<UUID> id = id(Asked.of(request).one(JOB));
        id.ifPresent(known -> caller.call().record().detail("job", known.toString()));
        return id.flatMap(known -> jobs.find(known, Owner.of(caller)))
                .filter(job -> job.kind() == kind)
                .filter(job -> kind == Kind.IMPORT || BulkExports.hold(caller, job.types()))
                .orElseThrow(JobAnswers::unknown);
    }

    private static Optional<UUID> id(@Nullable String text) {
        try {
            return Optional.ofNullable(text).map(UUID::fromString);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static ResourceNotFoundException unknown() {
        return new ResourceNotFoundException("The job is not known");
    }
}
