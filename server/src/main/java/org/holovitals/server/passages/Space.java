package org.holovitals.server.passages;

/**
 * What made vectors. Those of one space are compared with each other and with no others: the same model gives other numbers in
 * another runtime.
 *
 * @param model its name
 * @param sha256 of the model's file, in hexadecimal
 * @param runtime what computes it, with its version and the machine's kind
 */
record Space(String model, String sha256, String runtime) {
    /** Of passages that have no vectors. */
    static final Space NONE = new Space("none", "", "none");

    /** As a text by which it is known. */
    String key() {
        return model + " " + sha256 + " " + runtime;
    }
}
