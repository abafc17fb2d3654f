package org.holovitals.server.documents;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.holovitals.server.base.StrangersXml;

/** Looks for the root of XML and JSON: a clinical document, a FHIR resource, or something else. */
final class Markup {
    private static final String CDA = "urn:hl7-org:v3";
    private static final String FHIR = "http://hl7.org/fhir";

    /** Of elements, of which only the first is looked at. */
    private static final int DEEPEST = 10;

    private static final JsonFactory JSON = new JsonFactory();

    private Markup() {}

    /** Empty for what is neither XML nor JSON. */
    static Optional<Sniffed> of(byte[] head) {
        return switch (first(head)) {
            case '<' -> Optional.of(xml(head));
            case '{', '[' -> json(head);
            default -> Optional.empty();
        };
    }

    /** The first character that is no white space and no mark of the encoding; zeros are half of one in UTF-16. */
    private static int first(byte[] head) {
        for (byte each : head) {
            boolean isMark = (each & 0xff) >= 0xbb || each == 0;
            if (!isMark && !Character.isWhitespace(each)) {
                return each;
            }
        }
        return -1;
    }

    private static Sniffed xml(byte[] head) {
        try {
            XMLStreamReader reader = StrangersXml.reader(new ByteArrayInputStream(head), DEEPEST);
            while (reader.hasNext()) {
                int event = reader.next();
                if (event == XMLStreamReader.DTD) {
                    return new Sniffed.Other("XML with a document type declaration, which no clinical document has");
                } else if (event == XMLStreamReader.START_ELEMENT) {
                    return root(String.valueOf(reader.getNamespaceURI()), reader.getLocalName());
                }
            }
        } catch (XMLStreamException e) {
            return new Sniffed.Other("broken XML, or a web page");
        }
        return new Sniffed.Other("XML without an element");
    }

    private static Sniffed root(String namespace, String name) {
        if (namespace.equals(CDA) && name.equals("ClinicalDocument")) {
            return new Sniffed.Taken(FileType.CLINICAL_DOCUMENT);
        } else if (namespace.equals(FHIR)) {
            return new Sniffed.Taken(FileType.FHIR_XML);
        }
        return new Sniffed.Other(
                name.equalsIgnoreCase("html") ? "a web page" : "XML that is neither a clinical document nor FHIR");
    }

    /** A text may begin with a bracket, too: only what is JSON from its first token on is taken for it. */
    private static Optional<Sniffed> json(byte[] head) {
        boolean isJson = false;
        try (JsonParser parser = JSON.createParser(head)) {
            JsonToken token = parser.nextToken();
            isJson = token == JsonToken.START_ARRAY ? parser.nextToken() == JsonToken.START_OBJECT : false;
            while (parser.nextToken() == JsonToken.FIELD_NAME && token == JsonToken.START_OBJECT) {
                isJson = true;
                if ("resourceType".equals(parser.currentName()) && parser.nextToken() == JsonToken.VALUE_STRING) {
                    return Optional.of(new Sniffed.Taken(FileType.FHIR_JSON));
                }
                parser.nextToken();
                parser.skipChildren();
            }
        } catch (IOException e) {
            // The head ends somewhere in the file, or it was no JSON.
        }
        return isJson ? Optional.of(new Sniffed.Other("JSON that is not FHIR")) : Optional.empty();
    }
}
