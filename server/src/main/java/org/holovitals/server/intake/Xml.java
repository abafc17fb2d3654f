package org.holovitals.server.intake;

import java.io.IOException;
import java.io.InputStream;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;

/** Reads XML that strangers wrote: it knows no entities and refuses a document type declaration, which could name files. */
final class Xml {
    private static final int DEEPEST = 400;

    private Xml() {}

    /** A reader for elements, attributes and text. */
    static XMLStreamReader reader(InputStream in) throws XMLStreamException {
        return factory().createXMLStreamReader(in);
    }

    /** The same for gigabytes of a kind that declares a document type: it is passed over, and what it declares is unknown. */
    static XMLStreamReader declaringReader(InputStream in) throws XMLStreamException {
        XMLInputFactory factory = factory();
        // It counts the signs that every XML knows, of which a long document has many; there are no others here.
        factory.setProperty("jdk.xml.totalEntitySizeLimit", 0);
        return factory.createXMLStreamReader(in);
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        factory.setProperty("jdk.xml.maxElementDepth", DEEPEST);
        return factory;
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
