package org.holovitals.server.importing;

import java.nio.charset.Charset;
import java.util.Set;

/**
 * What a first pass finds out about a source without building the FHIR model.
 *
 * @param sha256 of the inflated content, in hex
 * @param format of each resource in it
 * @param shape how its resources stand in it
 * @param charset of its text
 * @param types the resource types in it
 * @param entries how many entries a bundle has, or lines a file of lines; 1 for a single resource
 * @param bytes inflated
 */
record Scan(String sha256, Format format, Shape shape, Charset charset, Set<String> types, int entries, long bytes) {

    enum Format {
        JSON,
        XML
    }

    enum Shape {
        /** One resource. */
        RESOURCE,
        /** A transaction bundle: all or nothing. */
        TRANSACTION,
        /** A batch bundle: each entry for itself. */
        BATCH,
        /** A bundle of resources without requests: stored together. */
        COLLECTION,
        /** A resource on each line. */
        LINES
    }

    /** Whether the entries are imported, and refused, one by one. */
    boolean isDivisible() {
        return shape == Shape.BATCH || shape == Shape.LINES;
    }
}
