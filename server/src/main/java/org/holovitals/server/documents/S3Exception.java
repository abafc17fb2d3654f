package org.holovitals.server.documents;

import java.io.IOException;

/** A store did not do what it was asked: its status and code, which quote nothing. */
final class S3Exception extends IOException {
    private static final long serialVersionUID = 1;

    S3Exception(String message) {
        super(message);
    }
}
