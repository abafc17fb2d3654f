package org.holovitals.server.problem;

import java.util.Locale;
import org.springframework.http.HttpStatus;

/** All the kinds of problems that {@code /api} answers with. */
public enum ProblemType {
    /** The request is not what the route takes. */
    INVALID_REQUEST(HttpStatus.BAD_REQUEST, "The request is not what this route takes"),
    /** The caller may not do this. */
    FORBIDDEN(HttpStatus.FORBIDDEN, "The caller may not do this"),
    /** There is no such thing, or none that the caller may know of. */
    NOT_FOUND(HttpStatus.NOT_FOUND, "There is no such thing here"),
    /** What the request wants to change is not in the state that it takes for granted. */
    CONFLICT(HttpStatus.CONFLICT, "The state does not allow this"),
    /** A key that says that a request was sent before, on a request with other content. */
    IDEMPOTENCY_KEY_REUSED(HttpStatus.UNPROCESSABLE_ENTITY, "This Idempotency-Key was sent with another request"),
    /** The caller would spend more than is permitted in a day, or has too much waiting. */
    QUOTA_EXCEEDED(HttpStatus.TOO_MANY_REQUESTS, "This is more than the caller may use today"),
    /** A file without a byte. */
    UPLOAD_EMPTY(HttpStatus.BAD_REQUEST, "The file is empty"),
    /** A file of which the end did not arrive. */
    UPLOAD_INCOMPLETE(HttpStatus.BAD_REQUEST, "The file did not arrive whole"),
    /** A file larger than is taken. */
    UPLOAD_TOO_LARGE(HttpStatus.PAYLOAD_TOO_LARGE, "The file is too large"),
    /** A file of a kind that is not taken, whatever its name says. */
    UPLOAD_TYPE_UNSUPPORTED(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "Files of this kind are not taken"),
    /** What is kept of a document is missing, was changed, or its key was destroyed. */
    DOCUMENT_UNREADABLE(HttpStatus.GONE, "What is kept of the document cannot be read any more"),
    /** Something that is kept sealed was changed, or its key was destroyed. */
    SEALED_UNREADABLE(HttpStatus.GONE, "What is kept of this cannot be read any more"),
    /** An authorization request that cannot be passed on to the issuer. */
    AUTHORIZATION_REQUEST_INVALID(HttpStatus.BAD_REQUEST, "The authorization request cannot be passed on"),
    /** An authorization request that the issuer would not read. */
    AUTHORIZATION_REQUEST_TOO_LONG(
            HttpStatus.URI_TOO_LONG, "The authorization request is longer than 4000 characters: ask for fewer scopes"),
    /** The encounter of a launch is not there, or not one of the launch's patient. */
    LAUNCH_ENCOUNTER_UNKNOWN(HttpStatus.UNPROCESSABLE_ENTITY, "The launch's encounter is not known"),
    /** The patient of a launch is not there, or the caller does not see her. */
    LAUNCH_PATIENT_UNKNOWN(HttpStatus.UNPROCESSABLE_ENTITY, "The launch's patient is not known"),
    /** A redirect or other address of an app is none that an app may have. */
    APP_ADDRESS_INVALID(HttpStatus.BAD_REQUEST, "An address of the app is not acceptable"),
    /** The keys of an app cannot be used. */
    APP_KEYS_INVALID(HttpStatus.BAD_REQUEST, "The keys of the app are not acceptable"),
    /** A scope is illegal, or not for this kind of app. */
    APP_SCOPE_INVALID(HttpStatus.BAD_REQUEST, "A scope of the app is not acceptable"),
    /** Keycloak does not answer, or not this server's account. */
    IDENTITY_PROVIDER_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "Keycloak cannot be asked now"),
    /** The caller has asked too often; the header {@code Retry-After} says when it may go on. */
    TOO_MANY_REQUESTS(HttpStatus.TOO_MANY_REQUESTS, "Too many requests; try again later"),
    /** A file to import is larger than is taken, or would be once it is inflated. */
    IMPORT_TOO_LARGE(HttpStatus.PAYLOAD_TOO_LARGE, "The file is larger than an import takes"),
    /** A file to import is of no kind that can be read. */
    IMPORT_KIND_UNKNOWN(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The file is of no kind that can be imported"),
    /** A file to import is cut off, damaged or not legal. */
    IMPORT_BROKEN(HttpStatus.UNPROCESSABLE_ENTITY, "The file is cut off, damaged or not legal"),
    /** A file to import is not legal text in its encoding, or in an encoding that is not known. */
    IMPORT_ENCODING(HttpStatus.UNPROCESSABLE_ENTITY, "The file's text is not legal in its encoding"),
    /** XML with a document type declaration, which could name other files. */
    IMPORT_DOCUMENT_TYPE(HttpStatus.UNPROCESSABLE_ENTITY, "The file has a document type declaration"),
    /** An archive that holds archives, or more than it may. */
    IMPORT_ARCHIVE(HttpStatus.UNPROCESSABLE_ENTITY, "The archive holds what an import does not take"),
    /** A signed file that nobody has signed whose keys are known here. */
    IMPORT_SIGNATURE(HttpStatus.UNPROCESSABLE_ENTITY, "The file is not signed by an issuer that is known here"),
    /** A version of FHIR that cannot be read. */
    IMPORT_VERSION(HttpStatus.UNPROCESSABLE_ENTITY, "The file is of a version of FHIR that cannot be imported"),
    /** A value that hardly can be, from somebody who did not insist on it. */
    VALUE_DOUBTFUL(HttpStatus.UNPROCESSABLE_ENTITY, "The value is doubtful; look again, and insist where it is right"),
    /** The access cannot be recorded, so it is refused. */
    AUDIT_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "The access cannot be recorded now, so it is not answered"),
    /** Something that the server needs does not answer now. */
    UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "Something that is needed does not answer now");

    private final HttpStatus status;
    private final String title;

    ProblemType(HttpStatus status, String title) {
        this.status = status;
        this.title = title;
    }

    /** The HTTP status. */
    public HttpStatus status() {
        return status;
    }

    /** The same words for every problem of the type. */
    public String title() {
        return title;
    }

    /** The URI that names the type. */
    public String uri() {
        return "urn:holovitals:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
