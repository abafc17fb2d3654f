package org.holovitals.server.intake;

/** Kinds of files. */
enum Kind {
    /** Resources of FHIR in JSON, NDJSON or XML. */
    FHIR,
    /** A CDA document of HL7's Consolidated CDA. */
    CCDA,
    /** SMART Health Cards. */
    HEALTH_CARDS,
    /** What Apple Health exports. */
    APPLE_HEALTH,
    /** A zip of these. */
    ARCHIVE;

    /** As the table has it. */
    String text() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    static Kind of(String text) {
        return valueOf(text.toUpperCase(java.util.Locale.ROOT));
    }
}
