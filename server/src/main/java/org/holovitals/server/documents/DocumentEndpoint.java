package org.holovitals.server.documents;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.LocalDate;
import java.util.Locale;
import java.util.UUID;
import org.holovitals.server.access.CalledBy;
import org.holovitals.server.access.CalledBy.Kind;
import org.holovitals.server.access.Caller;
import org.holovitals.server.documents.Uploads.About;
import org.holovitals.server.documents.Uploads.Taken;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.holovitals.server.users.Users;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/documents}: files of a record, for whoever may meet their DocumentReferences. */
@RestController
@ConditionalOnWebApplication
final class DocumentEndpoint {
    private static final int MOST = 100;
    private static final String USUAL = "20";
    private static final int LONGEST_TYPE = 100;
    private static final String TABLE = "documents";

    private final Uploads uploads;
    private final DocumentShelf shelf;
    private final Users users;

    DocumentEndpoint(Uploads uploads, DocumentShelf shelf, Users users) {
        this.uploads = uploads;
        this.shelf = shelf;
        this.users = users;
    }

    /** What a link is. */
    record LinkBody(@Nullable Relationship type) {}

    /** The body is the file, or a form with the file as a part. */
    @PostMapping("/api/documents")
    @CalledBy({Kind.PATIENT, Kind.CLINICIAN})
    ResponseEntity<DocumentView> upload(
            @RequestParam(required = false) @Nullable String patient,
            @RequestParam(required = false) @Nullable String documentType,
            @RequestParam(required = false) @Nullable LocalDate documentDate,
            Caller caller,
            HttpServletRequest request) {
        note(caller, "upload-document", null);
        About about = new About(patient, checkedType(documentType), documentDate);
        Taken taken = uploads.take(caller, users.of(caller), about, request);
        UUID id = taken.document().id();
        note(caller, "upload-document", id);
        DocumentView view = shelf.view(caller, taken.document());
        return taken.isNew()
                ? ResponseEntity.created(URI.create("/api/documents/" + id)).body(view)
                : ResponseEntity.ok(view);
    }

    @GetMapping("/api/documents")
    @CalledBy({Kind.PATIENT, Kind.CLINICIAN})
    DocumentView.Page list(
            @RequestParam(required = false) @Nullable String patient,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(required = false) @Nullable String type,
            @RequestParam(required = false) @Nullable UUID after,
            @RequestParam(defaultValue = USUAL) int count,
            Caller caller) {
        note(caller, "list-documents", null);
        if (count < 1 || count > MOST) {
            throw new Problem(ProblemType.INVALID_REQUEST, "count has to be a number from 1 to " + MOST);
        }
        return shelf.list(
                caller, new DocumentShelf.Filter(patient, checkedStatus(status), fileType(type)), after, count);
    }

    @GetMapping("/api/documents/{id}")
    @CalledBy({Kind.PATIENT, Kind.CLINICIAN})
    DocumentView read(@PathVariable UUID id, Caller caller) {
        note(caller, "read-document", id);
        return shelf.read(caller, id);
    }

    @DeleteMapping("/api/documents/{id}")
    @CalledBy({Kind.PATIENT, Kind.CLINICIAN})
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable UUID id, Caller caller) {
        note(caller, "delete-document", id);
        shelf.delete(caller, id);
    }

    @PutMapping("/api/documents/{id}/links/{other}")
    @CalledBy({Kind.PATIENT, Kind.CLINICIAN})
    DocumentView link(@PathVariable UUID id, @PathVariable UUID other, @RequestBody LinkBody body, Caller caller) {
        note(caller, "link-documents", id);
        if (body.type() == null) {
            throw new Problem(ProblemType.INVALID_REQUEST, "type is missing");
        }
        return shelf.link(caller, id, other, body.type().code());
    }

    @DeleteMapping("/api/documents/{id}/links/{other}")
    @CalledBy({Kind.PATIENT, Kind.CLINICIAN})
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void unlink(@PathVariable UUID id, @PathVariable UUID other, Caller caller) {
        note(caller, "unlink-documents", id);
        shelf.unlink(caller, id, other);
    }

    static void note(Caller caller, String action, @Nullable UUID id) {
        caller.call().record().action(action);
        caller.call().record().resource(TABLE, id == null ? null : id.toString());
    }

    private static @Nullable String checkedType(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        String plain = text.replaceAll("[\\p{Cc}\\p{Cf}]", " ").strip();
        if (plain.length() > LONGEST_TYPE) {
            throw new Problem(
                    ProblemType.INVALID_REQUEST, "documentType is longer than " + LONGEST_TYPE + " characters");
        }
        return plain;
    }

    private static @Nullable DocumentStatus checkedStatus(@Nullable String code) {
        try {
            return code == null ? null : DocumentStatus.valueOf(code.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new Problem(ProblemType.INVALID_REQUEST, "status is none that a document has");
        }
    }

    private static @Nullable FileType fileType(@Nullable String type) {
        return type == null
                ? null
                : FileType.find(type)
                        .orElseThrow(
                                () -> new Problem(ProblemType.INVALID_REQUEST, "type is none that a document has"));
    }
}
