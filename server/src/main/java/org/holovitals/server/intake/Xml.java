package org.holovitals.server.intake;

import java.io.IOException;
import java.io.InputStream;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.holovitals.server.base.StrangersXml;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;

/** What XML files to import have in common: none may have a document type declaration, which could name files. */
final class Xml {
    private static final int DEEPEST = 400;

    private Xml() {}

    /** A reader for elements, attributes and text. */
    static XMLStreamReader reader(InputStream in) throws XMLStreamException {
        return StrangersXml.reader(in, DEEPEST);
    }

    /** The same for an export of gigabytes. */
    static XMLStreamReader longReader(InputStream in) throws XMLStreamException {
        return StrangersXml.longReader(in, DEEPEST);
    }

    /** The root element, or the problem of a file that is no XML that may be read. */
    static QName root(InputStream content) throws IOException {
        try (InputStream in = content) {
            XMLStreamReader reader = reader(in);
            while (reader.hasNext()) {
                int event = reader.next();
                refuseDocumentType(event);
                if (event == XMLStreamConstants.START_ELEMENT) {
                    return reader.getName();
                }
            }
            throw new Problem(ProblemType.IMPORT_BROKEN, "The file is XML without an element");
        } catch (XMLStreamException e) {
            throw BadFile.of(e);
        }
    }

    /** Refuses an event that begins a document type declaration. */
    static void refuseDocumentType(int event) {
        if (event == XMLStreamConstants.DTD) {
            throw new Problem(
                    ProblemType.IMPORT_DOCUMENT_TYPE,
                    "The file has a document type declaration, which neither FHIR nor CDA ever has");
        }
    }
}
