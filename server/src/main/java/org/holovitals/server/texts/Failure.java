package org.holovitals.server.texts;

import java.util.Locale;

/** Why a file could not be read. */
public enum Failure {
    /** It takes a password. */
    ENCRYPTED,
    /** It is cut, or not what it begins as. */
    BROKEN,
    /** It has more pages than are read. */
    TOO_MANY_PAGES,
    /** A page of it is an image of more points than are looked at. */
    IMAGE_TOO_LARGE,
    /** It takes more memory, or holds more text, than is given to a file. */
    TOO_COMPLEX,
    /** It takes longer than is given to a file. */
    TOO_SLOW,
    /** It is an image, and there is no recogniser of text for this machine. */
    NO_RECOGNISER,
    /** It has no pages that can be seen. */
    NO_PICTURE,
    /** The reader fell over it. */
    CRASHED;

    /** As callers see it. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
