package org.holovitals.server.intake;

/** Takes what is found in a file. */
interface Sink {
    /** What comes next is of another file. */
    void file();

    /** A resource, or one that cannot be read. */
    void piece(Piece piece);

    /** Something that is left out; goes to the caller only. */
    void loss(String what);
}
