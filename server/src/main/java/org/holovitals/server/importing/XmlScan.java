package org.holovitals.server.importing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.Location;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.holovitals.server.base.StrangersXml;

/** Walks through XML element by element and keeps nothing but the resource types; knows no entities. */
final class XmlScan {
    private static final String FHIR = "http://hl7.org/fhir";

    /** FHIR nests less; a deeper document is an attack on the parser's stack. */
    private static final int DEEPEST = 200;

    private final XMLStreamReader reader;
    private final Charset charset;

    XmlScan(InputStream content) throws BadSourceException {
        try {
            // Ours is counted below; the JDK's own limit only says that the XML is broken.
            this.reader = StrangersXml.reader(content, 2 * DEEPEST);
            String encoding = reader.getCharacterEncodingScheme();
            this.charset = encoding != null && !encoding.equalsIgnoreCase("UTF-16")
                    ? Charset.forName(encoding)
                    : reader.getEncoding() == null ? StandardCharsets.UTF_8 : Charset.forName(reader.getEncoding());
        } catch (XMLStreamException e) {
            throw broken(e);
        } catch (IllegalArgumentException e) {
            throw new BadSourceException("is XML in an unknown encoding");
        }
    }

    Charset charset() {
        return charset;
    }

    Contents document() throws IOException {
        Contents contents = new Contents();
        String[] path = new String[4];
        int depth = 0;
        try {
            while (reader.hasNext()) {
                int event = reader.next();
                if (event == XMLStreamConstants.DTD) {
                    throw new BadSourceException("has a document type declaration, which FHIR's XML never has");
                } else if (event == XMLStreamConstants.START_ELEMENT) {
                    enter(contents, path, depth++);
                } else if (event == XMLStreamConstants.END_ELEMENT) {
                    depth--;
                }
            }
        } catch (XMLStreamException e) {
            throw broken(e);
        }
        return contents;
    }

    private void enter(Contents contents, String[] path, int depth) throws BadSourceException {
        if (depth >= DEEPEST) {
            throw new BadSourceException("is XML that is nested too deeply");
        }
        if (depth >= path.length) {
            return;
        }
        path[depth] = reader.getLocalName();
        if (depth == 0) {
            if (!FHIR.equals(reader.getNamespaceURI())) {
                throw new BadSourceException("is not FHIR: its root element is not in the namespace " + FHIR);
            }
            contents.type = path[0];
        } else if (depth == 1 && path[1].equals("type")) {
            contents.bundleType = reader.getAttributeValue(null, "value");
        } else if (depth == 1 && path[1].equals("entry")) {
            contents.entries++;
        } else if (depth == 3 && path[1].equals("entry") && path[2].equals("resource")) {
            contents.entryTypes.add(path[3]);
        }
    }

    private static BadSourceException broken(XMLStreamException problem) {
        Location at = problem.getLocation();
        return new BadSourceException(
                at == null
                        ? "is broken XML"
                        : "is broken XML at line " + at.getLineNumber() + ", column " + at.getColumnNumber());
    }
}
