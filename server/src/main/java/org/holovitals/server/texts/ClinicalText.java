package org.holovitals.server.texts;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;

/**
 * A clinical document of HL7 CDA: the narrative of its sections, which is what its author signs, as one page. One that is only the
 * cover of another file is read as that.
 */
final class ClinicalText implements FileReading {
    private final Function<String, FileReading> others;

    /** With the readings of other types. */
    ClinicalText(Function<String, FileReading> others) {
        this.others = others;
    }

    @Override
    public void read(byte[] file, Sink sink) throws IOException, Unreadable {
        // Its parser knows no entities but the five of XML, and fetches nothing.
        Document document = Jsoup.parse(new ByteArrayInputStream(file), null, "", Parser.xmlParser());
        List<String> texts = new ArrayList<>();
        Element covered = null;
        for (Element element : document.getAllElements()) {
            String parent = element.parent() == null ? "" : MarkedText.name(element.parent());
            String name = MarkedText.name(element);
            boolean isOfSection = parent.equals("section") || parent.equals("clinicaldocument");
            if (isOfSection && (name.equals("title") || name.equals("text"))) {
                texts.add(MarkedText.of(element));
            } else if (parent.equals("nonxmlbody") && name.equals("text")) {
                covered = element;
            }
        }
        if (covered == null) {
            HtmlText.page(MarkedText.joined(texts), sink);
        } else {
            covered(covered, sink);
        }
    }

    private void covered(Element text, Sink sink) throws IOException, Unreadable {
        if (!text.attr("representation").equals("B64")) {
            HtmlText.page(text.wholeText().strip(), sink);
            return;
        }
        try {
            byte[] file = Base64.getMimeDecoder().decode(text.wholeText());
            others.apply(text.attr("mediaType")).read(file, sink);
        } catch (IllegalArgumentException e) {
            throw new Unreadable(Failure.BROKEN);
        }
    }
}
