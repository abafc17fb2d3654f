package org.holovitals.server.cda;

/** Reads the entries of one kind of section. */
@FunctionalInterface
interface Reader {
    /** Makes resources of an entry, and says what of it has none. */
    void read(Section section, Node entry);
}
