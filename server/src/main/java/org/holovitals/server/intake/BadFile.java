package org.holovitals.server.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.UnsupportedCharsetException;
import javax.xml.stream.XMLStreamException;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.holovitals.server.importing.FhirPieces;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;

/** The problem that a file is answered with which cannot be read; its words quote nothing of the file. */
final class BadFile {
    private BadFile() {}

    /** Of what came out of reading. */
    static Problem of(IOException problem) {
        boolean isEncoding = ExceptionUtils.getThrowableList(problem).stream().anyMatch(BadFile::isOfEncoding);
        return isEncoding
                ? new Problem(ProblemType.IMPORT_ENCODING)
                : new Problem(ProblemType.IMPORT_BROKEN, "The file " + FhirPieces.reason(problem));
    }

    /** Of what came out of an XML reader. */
    static Problem of(XMLStreamException problem) {
        boolean isEncoding = ExceptionUtils.getThrowableList(problem).stream().anyMatch(BadFile::isOfEncoding)
                || String.valueOf(problem.getMessage()).contains("ncoding");
        if (isEncoding) {
            return new Problem(ProblemType.IMPORT_ENCODING);
        }
        String place = problem.getLocation() == null
                ? ""
                : " at line " + problem.getLocation().getLineNumber();
        return new Problem(ProblemType.IMPORT_BROKEN, "The file is broken XML" + place);
    }

    private static boolean isOfEncoding(Throwable cause) {
        return cause instanceof CharacterCodingException
                || cause instanceof CharConversionException
                || cause instanceof UnsupportedCharsetException
                || (cause instanceof JsonProcessingException json
                        && String.valueOf(json.getOriginalMessage()).startsWith("Invalid UTF-"));
    }
}
