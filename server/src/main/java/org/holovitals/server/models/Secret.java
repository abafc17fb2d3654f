package org.holovitals.server.models;

/** A key that no log shows. */
record Secret(String value) {

    /** As a setting has it. */
    public static Secret of(String value) {
        return new Secret(value);
    }

    @Override
    public String toString() {
        return "(secret)";
    }
}
