package org.holovitals.server.intake;

/**
 * A resource of the record, as far as it is needed to know it again.
 *
 * @param likeness by what
 */
record Known(String type, String id, long version, Likeness likeness) {

    String reference() {
        return type + "/" + id;
    }
}
