package org.holovitals.server.importing;

import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.PreconditionFailedException;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipException;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.holovitals.server.fhir.RepeatedConditionException;
import org.holovitals.server.fhir.SqlStates;
import org.holovitals.server.fhir.StrictParsing;
import org.jspecify.annotations.Nullable;

/** Says why something was not imported without quoting the resource: parsers and databases put values in messages. */
final class Reasons {
    private static final Pattern CODE = Pattern.compile("HAPI-\\d{4}");
    private static final Pattern MISSING = Pattern.compile(
            "Resource ([A-Za-z]+/[A-Za-z0-9.-]{1,64}) (not found|is deleted), specified in path: (\\w+(?:\\.(?!where)\\w+)*)");
    private static final Pattern CONDITIONAL = Pattern.compile("\"(?:[^\"?]*/)?([A-Z][A-Za-z]+)\\?");
    private static final Pattern QUOTED_CONDITION = Pattern.compile("\"([A-Z][A-Za-z]+\\?[^\"]+)\"");
    private static final Pattern ILLEGAL_REFERENCE =
            Pattern.compile("Invalid (?:resource )?reference found at path ?[\\['\"]([\\w.]+)");
    private static final String ILLEGAL_ID = "HAPI-0521";
    private static final Pattern LONG_NUMBER = Pattern.compile("number has more than \\d+ digits");
    private static final Pattern PLACEHOLDER = Pattern.compile("Unable to satisfy placeholder ID");

    private Reasons() {}

    static String ofReading(IOException problem) {
        if (problem instanceof BadSourceException bad) {
            return bad.reason();
        } else if (problem instanceof JsonProcessingException json) {
            return ofJson(json);
        } else if (problem instanceof NoSuchFileException) {
            return "does not exist";
        } else if (problem instanceof AccessDeniedException) {
            return "may not be read";
        } else if (problem instanceof FileSystemLoopException) {
            return "links to a folder above itself";
        } else if (problem instanceof EOFException || problem instanceof ZipException) {
            return "is cut off or damaged: its compressed data ends too early or does not add up";
        } else if (problem instanceof CharacterCodingException) {
            return "is not legal text in its encoding";
        }
        return "cannot be read (" + problem.getClass().getSimpleName() + ")";
    }

    private static String ofJson(JsonProcessingException problem) {
        JsonLocation at = problem.getLocation();
        String place = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
        if (problem instanceof StreamConstraintsException) {
            return "is JSON that is nested too deeply or has too long a name or number" + place;
        }
        return "is " + (problem instanceof JsonEOFException ? "JSON that ends too early" : "broken JSON") + place;
    }

    static String ofParsing(DataFormatException problem) {
        for (Throwable cause : ExceptionUtils.getThrowableList(problem)) {
            if (cause instanceof StrictParsing.Refusal refusal) {
                return String.valueOf(refusal.getMessage());
            }
        }
        return withCode("is not a legal FHIR resource", String.valueOf(problem.getMessage()));
    }

    static String ofDefect(RuntimeException problem) {
        return "cannot be read (" + problem.getClass().getSimpleName() + ")";
    }

    static String ofStoring(Throwable problem) {
        if (SqlStates.isDataException(SqlStates.of(problem))) {
            return "holds a value outside of what can be stored";
        }
        String message = String.valueOf(problem.getMessage());
        if (problem instanceof RepeatedConditionException) {
            return message;
        }
        return withCode(known(problem, message), message);
    }

    /** The reference for which something was not stored, as it stood in the resource. */
    static Optional<String> missingTarget(Throwable problem) {
        String message = String.valueOf(problem.getMessage());
        for (Pattern pattern : List.of(MISSING, QUOTED_CONDITION)) {
            Matcher matcher = pattern.matcher(message);
            if (matcher.find()) {
                return Optional.of(matcher.group(1));
            }
        }
        return Optional.empty();
    }

    private static String withCode(String reason, String message) {
        Matcher code = CODE.matcher(message);
        return code.find() ? reason + " (" + code.group() + ")" : reason;
    }

    private static String known(Throwable problem, String message) {
        Matcher missing = MISSING.matcher(message);
        if (missing.find()) {
            String state = missing.group(2).equals("not found") ? "is not here" : "is deleted";
            return "refers to " + missing.group(1) + ", which " + state + " (" + missing.group(3) + ")";
        }
        Matcher illegal = ILLEGAL_REFERENCE.matcher(message);
        if (illegal.find()) {
            return "has a reference that is not legal (" + illegal.group(1) + ")";
        }
        if (message.contains(ILLEGAL_ID)) {
            return "has an id that is not legal: 1 to 64 letters, digits, dashes and dots are";
        }
        if (PLACEHOLDER.matcher(message).find()) {
            return "refers to a urn: that no entry of the bundle has";
        }
        Matcher number = LONG_NUMBER.matcher(message);
        if (number.find()) {
            return "has a " + number.group().replaceFirst("has more", "with more");
        }
        String conditional = conditionalType(message);
        if (problem instanceof PreconditionFailedException) {
            return conditional == null
                    ? "has a condition that is not met"
                    : "has a condition on " + conditional + " that several resources meet";
        }
        if (conditional != null) {
            return "refers by a condition to a " + conditional + " that is not here";
        }
        if (problem instanceof ResourceVersionConflictException) {
            return "was in conflict with another writer, also after several attempts";
        }
        if (problem instanceof BaseServerResponseException refused) {
            return "was refused by the store with status " + refused.getStatusCode();
        }
        return "could not be stored (" + problem.getClass().getSimpleName() + ")";
    }

    private static @Nullable String conditionalType(String message) {
        Matcher matcher = CONDITIONAL.matcher(message);
        return matcher.find() ? matcher.group(1) : null;
    }
}
