package org.holovitals.server.intake;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Locale;
import java.util.UUID;
import org.holovitals.server.access.CalledBy;
import org.holovitals.server.access.CalledBy.Kind;
import org.holovitals.server.access.Caller;
import org.holovitals.server.intake.Views.EntryPage;
import org.holovitals.server.intake.Views.ImportPage;
import org.holovitals.server.intake.Views.ImportView;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.holovitals.server.users.Users;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/imports}: files for the own record, or for that of a patient for whom the caller decides. */
@RestController
@ConditionalOnWebApplication
final class ImportEndpoint {
    private static final int MOST = 500;
    private static final String USUAL = "50";

    private final Intake intake;
    private final Desk desk;
    private final Users users;

    ImportEndpoint(Intake intake, Desk desk, Users users) {
        this.intake = intake;
        this.desk = desk;
        this.users = users;
    }

    /**
     * Takes a file, as the body or in a form, and looks at it; the record stays as it is.
     *
     * @param patient FHIR id of a record for which the caller decides; the own one unless it is given
     * @param name of the file
     */
    @PostMapping("/api/imports")
    @CalledBy(Kind.PATIENT)
    ResponseEntity<ImportView> bring(
            @RequestParam(required = false) @Nullable String patient,
            @RequestParam(required = false) @Nullable String name,
            HttpServletRequest request,
            Caller caller) {
        note(caller, "import-file", null);
        String whose = desk.patient(caller, patient);
        Upload upload = Upload.of(request, name);
        UUID id = intake.receive(caller, users.of(caller), whose, upload.name(), upload.bytes());
        note(caller, "import-file", id);
        return ResponseEntity.created(URI.create("/api/imports/" + id)).body(desk.read(caller, id));
    }

    /** Those of a record, the newest first. */
    @GetMapping("/api/imports")
    @CalledBy(Kind.PATIENT)
    ImportPage list(
            @RequestParam(required = false) @Nullable String patient,
            @RequestParam(required = false) @Nullable UUID before,
            @RequestParam(defaultValue = USUAL) int count,
            Caller caller) {
        note(caller, "list-imports", null);
        return desk.list(caller, patient, before, checked(count));
    }

    @GetMapping("/api/imports/{id}")
    @CalledBy(Kind.PATIENT)
    ImportView read(@PathVariable UUID id, Caller caller) {
        note(caller, "read-import", id);
        return desk.read(caller, id);
    }

    /** What a file holds and what it is to the record. */
    @GetMapping("/api/imports/{id}/entries")
    @CalledBy(Kind.PATIENT)
    EntryPage entries(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable String finding,
            @RequestParam(defaultValue = "-1") int after,
            @RequestParam(defaultValue = USUAL) int count,
            Caller caller) {
        note(caller, "read-import", id);
        return desk.entries(caller, id, finding == null ? null : finding(finding), after, checked(count));
    }

    /** Says that a file is the record's whose patient is not quite the same. */
    @PostMapping("/api/imports/{id}/confirm")
    @CalledBy(Kind.PATIENT)
    ImportView confirm(@PathVariable UUID id, Caller caller) {
        note(caller, "confirm-import", id);
        intake.confirm(caller, desk.reached(caller, id));
        return desk.read(caller, id);
    }

    /** Writes what is wanted; 202 when there is more, which the same request goes on with. */
    @PostMapping("/api/imports/{id}/commit")
    @CalledBy(Kind.PATIENT)
    ResponseEntity<ImportView> commit(
            @PathVariable UUID id,
            @RequestBody(required = false) Views.@Nullable Wanted body,
            HttpServletRequest request,
            Caller caller) {
        note(caller, "commit-import", id);
        Import of = desk.reached(caller, id);
        boolean isDone = desk.commit(caller, users.of(caller), of, body == null ? null : body.entries(), request);
        return answer(isDone, caller, id);
    }

    /** Takes back what an import wrote; 202 when there is more, which the same request goes on with. */
    @PostMapping("/api/imports/{id}/undo")
    @CalledBy(Kind.PATIENT)
    ResponseEntity<ImportView> undo(@PathVariable UUID id, HttpServletRequest request, Caller caller) {
        note(caller, "undo-import", id);
        Import of = desk.reached(caller, id);
        return answer(desk.undo(caller, users.of(caller), of, request), caller, id);
    }

    private ResponseEntity<ImportView> answer(boolean isDone, Caller caller, UUID id) {
        return ResponseEntity.status(isDone ? HttpStatus.OK : HttpStatus.ACCEPTED)
                .body(desk.read(caller, id));
    }

    private static void note(Caller caller, String action, @Nullable UUID id) {
        caller.call().record().action(action);
        caller.call().record().resource("imports", id == null ? null : id.toString());
    }

    private static Finding finding(String text) {
        try {
            return Finding.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new Problem(
                    ProblemType.INVALID_REQUEST, "finding has to be new, changed, duplicate, conflict or refused");
        }
    }

    private static int checked(int count) {
        if (count < 1 || count > MOST) {
            throw new Problem(ProblemType.INVALID_REQUEST, "count has to be a number from 1 to " + MOST);
        }
        return count;
    }
}
