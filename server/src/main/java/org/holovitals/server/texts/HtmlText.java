package org.holovitals.server.texts;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/** A web page, of which nothing is run and nothing fetched: one page. */
final class HtmlText implements FileReading {

    @Override
    public void read(byte[] file, Sink sink) throws IOException, Unreadable {
        Document page = Jsoup.parse(new ByteArrayInputStream(file), null, "");
        page(MarkedText.joined(List.of(page.title(), MarkedText.of(page.body()))), sink);
    }

    /** Hands on a file of one page; one without a word has none. */
    static void page(String text, Sink sink) throws IOException, Unreadable {
        if (!text.isBlank()) {
            sink.page(new PageText(1, PageText.Method.TEXT_LAYER, text, null, List.of()), 1);
        }
    }
}
