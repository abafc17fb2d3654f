package org.holovitals.server.base;

import java.io.InputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.util.StreamReaderDelegate;

/**
 * Reads XML that strangers wrote: it fetches nothing and knows no entities. A document type declaration is an event that says nothing;
 * whoever has no use for one refuses it.
 */
public final class StrangersXml {
    private StrangersXml() {}

    /**
     * A reader for elements, attributes and text.
     *
     * @param deepest how many elements may stand in each other
     */
    public static XMLStreamReader reader(InputStream in, int deepest) throws XMLStreamException {
        return read(factory(deepest), in);
    }

    /** The same for gigabytes of a kind that declares a document type: it is passed over, and what it declares is unknown. */
    public static XMLStreamReader longReader(InputStream in, int deepest) throws XMLStreamException {
        XMLInputFactory factory = factory(deepest);
        // It counts the signs that every XML knows, of which a long document has many; there are no others here.
        factory.setProperty("jdk.xml.totalEntitySizeLimit", 0);
        return read(factory, in);
    }

    private static XMLInputFactory factory(int deepest) {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        factory.setProperty("jdk.xml.maxElementDepth", deepest);
        return factory;
    }

    private static XMLStreamReader read(XMLInputFactory factory, InputStream in) throws XMLStreamException {
        try {
            return new Careful(factory.createXMLStreamReader(in));
        } catch (RuntimeException e) {
            throw broken(e);
        }
    }

    private static XMLStreamException broken(RuntimeException thrown) {
        return new XMLStreamException("The XML is broken", thrown);
    }

    /** The JDK's parser has no words for some of what can be wrong, and says so by exceptions that nobody expects. */
    private static final class Careful extends StreamReaderDelegate {
        Careful(XMLStreamReader reader) {
            super(reader);
        }

        @Override
        public int next() throws XMLStreamException {
            try {
                return super.next();
            } catch (RuntimeException e) {
                throw broken(e);
            }
        }

        @Override
        public String getElementText() throws XMLStreamException {
            try {
                return super.getElementText();
            } catch (RuntimeException e) {
                throw broken(e);
            }
        }
    }
}
