package org.holovitals.server.documents;

import java.util.Arrays;
import java.util.Optional;

/** Kinds of files that are taken, each by the type that its bytes have. */
enum FileType {
    /** ISO 32000. */
    PDF("application/pdf", "pdf"),
    /** A picture. */
    PNG("image/png", "png"),
    /** A photograph. */
    JPEG("image/jpeg", "jpg"),
    /** A scan, of one page or several. */
    TIFF("image/tiff", "tif"),
    /** Text without any form. */
    TEXT("text/plain", "txt"),
    /** A web page, as which notes of clinics come. */
    HTML("text/html", "html"),
    /** Text with some form, as which they come, too. */
    RICH_TEXT("application/rtf", "rtf"),
    /** A clinical document of HL7 CDA. */
    CLINICAL_DOCUMENT("application/xml", "xml"),
    /** A FHIR resource in JSON. */
    FHIR_JSON("application/fhir+json", "json"),
    /** A FHIR resource in XML. */
    FHIR_XML("application/fhir+xml", "xml");

    private final String mimeType;
    private final String ending;

    FileType(String mimeType, String ending) {
        this.mimeType = mimeType;
        this.ending = ending;
    }

    String mimeType() {
        return mimeType;
    }

    /** What a file's name ends with when nobody gave it one. */
    String ending() {
        return ending;
    }

    /** The kind of a type that stands in a row. */
    static FileType of(String mimeType) {
        return find(mimeType).orElseThrow(() -> new IllegalStateException("a document is of a type that is not taken"));
    }

    static Optional<FileType> find(String mimeType) {
        return Arrays.stream(values())
                .filter(type -> type.mimeType.equals(mimeType))
                .findFirst();
    }
}
