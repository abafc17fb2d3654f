package org.holovitals.server.texts;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.swing.text.BadLocationException;
import javax.swing.text.Document;
import javax.swing.text.rtf.RTFEditorKit;

/** A text in RTF, as notes of clinics come: one page. */
final class RichText implements FileReading {

    @Override
    public void read(byte[] file, Sink sink) throws IOException, Unreadable {
        RTFEditorKit kit = new RTFEditorKit();
        Document document = kit.createDefaultDocument();
        try {
            kit.read(new ByteArrayInputStream(file), document, 0);
            HtmlText.page(document.getText(0, document.getLength()).strip(), sink);
        } catch (BadLocationException e) {
            throw new Unreadable(Failure.BROKEN);
        }
    }
}
