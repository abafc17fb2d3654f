package org.holovitals.server.cda;

import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Patient;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/**
 * Reads documents of Consolidated CDA (HL7 R2.1 and before): the sections whose entries have a plain resource, after C-CDA on
 * FHIR (https://hl7.org/fhir/us/ccda/). What a section of another kind says is counted among the losses.
 */
public final class CdaReader {
    private static final String UTC = "Z";

    /** By LOINC's codes of sections. */
    private static final Map<String, Reader> BY_CODE = Map.ofEntries(
            Map.entry("11450-4", Problems.ofList()),
            Map.entry("11348-0", Problems.ofList()),
            Map.entry("11535-2", Problems.ofEncounter()),
            Map.entry("46241-6", Problems.ofEncounter()),
            Map.entry("10160-0", new Medications()),
            Map.entry("10183-2", new Medications()),
            Map.entry("42346-7", new Medications()),
            Map.entry("29549-3", new Medications()),
            Map.entry("48765-2", new Allergies()),
            Map.entry("8716-3", Observations.vitalSigns()),
            Map.entry("30954-2", Observations.results()),
            Map.entry("29762-2", Observations.socialHistory()),
            Map.entry("46240-8", new Encounters()),
            Map.entry("47519-4", new Procedures()),
            Map.entry("11369-6", new Immunizations()),
            Map.entry("10157-6", new Family()));

    /** By templates of sections, for those whose code is missing or another: entries optional and required. */
    private static final Map<String, String> BY_TEMPLATE = Map.ofEntries(
            Map.entry("2.16.840.1.113883.10.20.22.2.5", "11450-4"),
            Map.entry("2.16.840.1.113883.10.20.22.2.5.1", "11450-4"),
            Map.entry("2.16.840.1.113883.10.20.22.2.1", "10160-0"),
            Map.entry("2.16.840.1.113883.10.20.22.2.1.1", "10160-0"),
            Map.entry("2.16.840.1.113883.10.20.22.2.6", "48765-2"),
            Map.entry("2.16.840.1.113883.10.20.22.2.6.1", "48765-2"),
            Map.entry("2.16.840.1.113883.10.20.22.2.4", "8716-3"),
            Map.entry("2.16.840.1.113883.10.20.22.2.4.1", "8716-3"),
            Map.entry("2.16.840.1.113883.10.20.22.2.3", "30954-2"),
            Map.entry("2.16.840.1.113883.10.20.22.2.3.1", "30954-2"),
            Map.entry("2.16.840.1.113883.10.20.22.2.7", "47519-4"),
            Map.entry("2.16.840.1.113883.10.20.22.2.7.1", "47519-4"),
            Map.entry("2.16.840.1.113883.10.20.22.2.2", "11369-6"),
            Map.entry("2.16.840.1.113883.10.20.22.2.2.1", "11369-6"),
            Map.entry("2.16.840.1.113883.10.20.22.2.15", "10157-6"),
            Map.entry("2.16.840.1.113883.10.20.22.2.17", "29762-2"),
            Map.entry("2.16.840.1.113883.10.20.22.2.20", "11348-0"),
            Map.entry("2.16.840.1.113883.10.20.22.2.22", "46240-8"),
            Map.entry("2.16.840.1.113883.10.20.22.2.22.1", "46240-8"),
            Map.entry("2.16.840.1.113883.10.20.22.2.24", "11535-2"),
            Map.entry("2.16.840.1.113883.10.20.22.2.43", "46241-6"),
            Map.entry("2.16.840.1.113883.10.20.22.2.11", "10183-2"),
            Map.entry("2.16.840.1.113883.10.20.22.2.11.1", "10183-2"),
            Map.entry("2.16.840.1.113883.10.20.22.2.44", "42346-7"),
            Map.entry("2.16.840.1.113883.10.20.22.2.38", "29549-3"));

    private CdaReader() {}

    /** What a document says. An {@link IOException} is of its bytes, such as text that is not legal in its encoding. */
    public static CdaContents read(InputStream in) throws IOException, UnreadableDocument {
        Node document = new Node(parse(in));
        List<Node> targets = document.find("recordTarget/patientRole").toList();
        if (targets.isEmpty()) {
            throw new UnreadableDocument("names no patient: it has no recordTarget");
        }
        String zone = document.first("effectiveTime")
                .flatMap(time -> Types.zoneOf(time.attribute("value")))
                .orElse(UTC);
        Draft draft = new Draft();
        targets.forEach(target -> draft.patient(
                patient(target, new Types(Narrative.of(target), zone, loss -> draft.loss("Patient: " + loss)))));
        sections(document).forEach(section -> read(section, draft, zone));
        if (document.first("component/nonXMLBody").isPresent()) {
            draft.loss("The document is a file in an envelope, of which only the patient is read");
        }
        return draft.contents();
    }

    private static org.w3c.dom.Element parse(InputStream in) throws IOException, UnreadableDocument {
        try {
            return builder().parse(in).getDocumentElement();
        } catch (SAXParseException e) {
            if (e.getException() instanceof CharConversionException wrong) {
                throw wrong;
            }
            throw new UnreadableDocument("is broken XML at line " + e.getLineNumber(), e);
        } catch (CharacterCodingException e) {
            throw e;
        } catch (SAXException e) {
            throw new UnreadableDocument("is broken XML", e);
        }
    }

    /** It knows no document type, and so no entities. */
    private static DocumentBuilder builder() {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
        try {
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setXIncludeAware(false);
            factory.setExpandEntityReferences(false);
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
            factory.setAttribute("jdk.xml.maxElementDepth", "400");
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new Throwing());
            return builder;
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("every Java has this parser", e);
        }
    }

    /** The one that the JDK has prints. */
    private static final class Throwing implements ErrorHandler {
        @Override
        public void warning(SAXParseException problem) {
            // It is legal all the same.
        }

        @Override
        public void error(SAXParseException problem) throws SAXException {
            throw problem;
        }

        @Override
        public void fatalError(SAXParseException problem) throws SAXException {
            throw problem;
        }
    }

    private static Patient patient(Node role, Types types) {
        Patient patient = new Patient();
        Section.identify(role, patient::addIdentifier);
        role.first("patient").ifPresent(person -> {
            person.all("name").forEach(name -> patient.addName(name(name)));
            patient.setGender(
                    switch (person.first("administrativeGenderCode")
                            .map(Node::code)
                            .orElse("")) {
                        case "m" -> AdministrativeGender.MALE;
                        case "f" -> AdministrativeGender.FEMALE;
                        case "un" -> AdministrativeGender.OTHER;
                        default -> null;
                    });
            DateTimeType birth = types.time(person.first("birthTime"));
            if (birth != null) {
                String day = birth.getValueAsString();
                patient.setBirthDateElement(new DateType(day.substring(0, Math.min(10, day.length()))));
            }
        });
        return patient;
    }

    private static HumanName name(Node node) {
        HumanName name = new HumanName();
        node.first("family").map(Node::text).ifPresent(name::setFamily);
        node.all("given").stream().map(Node::text).filter(Objects::nonNull).forEach(name::addGiven);
        if (name.isEmpty() && node.text() != null) {
            name.setText(node.text());
        }
        return name;
    }

    /** All sections, those within others too. */
    private static List<Node> sections(Node document) {
        Deque<Node> found = new ArrayDeque<>();
        Deque<Node> open = new ArrayDeque<>(
                document.find("component/structuredBody/component/section").toList());
        while (!open.isEmpty()) {
            Node section = open.removeFirst();
            found.addLast(section);
            section.find("component/section").forEach(open::addLast);
        }
        return List.copyOf(found);
    }

    private static void read(Node node, Draft draft, String zone) {
        String title = title(node);
        Types types = new Types(Narrative.of(node), zone, loss -> draft.loss(title + ": " + loss));
        Section section = new Section(node, title, types, draft);
        List<Node> entries = node.all("entry").stream().flatMap(Node::children).toList();
        Optional<Reader> reader = reader(node);
        if (reader.isEmpty()) {
            section.loss("the section is left out, with " + entries.size() + " entries");
        } else if (entries.isEmpty() && node.attribute("nullFlavor") == null) {
            section.loss("the section has text only, which is left out");
        }
        reader.ifPresent(known -> entries.forEach(entry -> read(known, section, entry)));
    }

    /** An entry with nothing in it says so by a null flavor. */
    private static void read(Reader reader, Section section, Node entry) {
        boolean isNothing =
                entry.attribute("nullFlavor") != null && entry.children().count() == 0;
        if (!isNothing) {
            reader.read(section, entry);
        }
    }

    private static Optional<Reader> reader(Node section) {
        Optional<Reader> byCode =
                section.first("code").map(code -> BY_CODE.get(String.valueOf(code.attribute("code"))));
        return byCode.or(() -> section.all("templateId").stream()
                .map(id -> BY_TEMPLATE.get(String.valueOf(id.attribute("root"))))
                .filter(Objects::nonNull)
                .map(BY_CODE::get)
                .findFirst());
    }

    /** Titles are of the document's kind and not of a person; a long one is cut all the same. */
    private static String title(Node section) {
        String title = section.first("title")
                .map(Node::text)
                .or(() -> section.first("code").map(code -> code.attribute("displayName")))
                .orElse("A section without a title");
        return title.length() > 80 ? title.substring(0, 80) : title;
    }
}
