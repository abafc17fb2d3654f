package org.holovitals.server.documents;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.holovitals.server.base.StrangersXml;
import org.jspecify.annotations.Nullable;

/**
 * A page of what is in a bucket (https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html).
 *
 * @param next what to ask for the next page with; null on the last
 */
record S3Listing(List<Stored> objects, @Nullable String next) {
    private static final int DEEPEST = 10;

    /** An object, and when it was last written. */
    record Stored(String name, Instant written) {}

    static S3Listing read(InputStream xml) throws IOException {
        List<Stored> objects = new ArrayList<>();
        String next = null;
        String name = "";
        try {
            XMLStreamReader reader = StrangersXml.reader(xml, DEEPEST);
            while (reader.hasNext()) {
                if (reader.next() != XMLStreamConstants.START_ELEMENT) {
                    continue;
                }
                switch (reader.getLocalName()) {
                    case "Key" -> name = reader.getElementText();
                    case "LastModified" -> objects.add(new Stored(name, Instant.parse(reader.getElementText())));
                    case "NextContinuationToken" -> next = reader.getElementText();
                    default -> {
                        // Sizes, owners and the like.
                    }
                }
            }
        } catch (XMLStreamException | DateTimeParseException e) {
            throw new S3Exception("The store lists what nobody understands");
        }
        return new S3Listing(List.copyOf(objects), next);
    }
}
