package org.holovitals.server.health;

import java.util.Locale;

/** What is looked at. */
enum Component {
    /** Questions and answers. */
    CHATBOT,
    /** The queue of analyses. */
    QUEUE,
    /** What starts machines for analyses. */
    PROVISIONER,
    /** PostgreSQL. */
    DATABASE,
    /** The directory of the server's files. */
    STORAGE,
    /** The FHIR endpoint. */
    FHIR,
    /** The issuer of tokens. */
    KEYCLOAK;

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
