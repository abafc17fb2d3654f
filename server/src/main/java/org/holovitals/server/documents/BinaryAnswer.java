package org.holovitals.server.documents;

import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import jakarta.servlet.http.HttpServletResponse;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * A document as R4 has a Binary: its bytes, unless the client asks for a FHIR type, which gets the resource with the bytes in
 * base64 (http://hl7.org/fhir/R4/binary.html#rest). Neither is whole in memory at any time.
 */
final class BinaryAnswer {
    private static final Pattern JSON = Pattern.compile("application/(fhir\\+json|json\\+fhir)");
    private static final Pattern XML = Pattern.compile("application/(fhir\\+xml|xml\\+fhir)");

    private final Document document;
    private final String id;
    private final String reference;

    /** Under the id of a Binary, by the DocumentReference that says who may have it. */
    BinaryAnswer(Document document, String id, String reference) {
        this.document = document;
        this.id = id;
        this.reference = reference;
    }

    void write(ServletRequestDetails request, InputStream bytes) throws IOException {
        HttpServletResponse response = request.getServletResponse();
        String asked = asked(request);
        if (XML.matcher(asked).lookingAt()) {
            resource(response, Constants.CT_FHIR_XML_NEW, bytes, """
                    <Binary xmlns="http://hl7.org/fhir"><id value="%s"/><contentType value="%s"/>\
                    <securityContext><reference value="DocumentReference/%s"/></securityContext><data value="\
                    """, "\"/></Binary>");
        } else if (JSON.matcher(asked).lookingAt()) {
            resource(response, Constants.CT_FHIR_JSON_NEW, bytes, """
                    {"resourceType":"Binary","id":"%s","contentType":"%s",\
                    "securityContext":{"reference":"DocumentReference/%s"},"data":"\
                    """, "\"}");
        } else {
            FileHeaders.raw(document, response);
            bytes.transferTo(response.getOutputStream());
        }
    }

    /** What the client wants most. */
    private static String asked(ServletRequestDetails request) {
        String[] format = request.getParameters().get(Constants.PARAM_FORMAT);
        if (format != null && format.length > 0) {
            return format[0].replace(' ', '+').replaceFirst("^(json|xml)$", "application/fhir+$1");
        }
        String accept = request.getHeader(Constants.HEADER_ACCEPT);
        return accept == null ? "" : accept.strip();
    }

    private void resource(HttpServletResponse response, String type, InputStream bytes, String before, String after)
            throws IOException {
        response.setContentType(type + ";charset=UTF-8");
        FileHeaders.safe(document, response);
        OutputStream out = response.getOutputStream();
        out.write(before.formatted(id, document.type().mimeType(), reference).getBytes(StandardCharsets.UTF_8));
        // Closing it writes the last letters; the answer goes on.
        try (OutputStream letters = Base64.getEncoder().wrap(new Unclosed(out))) {
            bytes.transferTo(letters);
        }
        out.write(after.getBytes(StandardCharsets.UTF_8));
    }

    /** What stays open when what wraps it is closed. */
    private static final class Unclosed extends FilterOutputStream {
        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() {
            // Whoever opened it closes it.
        }
    }
}
