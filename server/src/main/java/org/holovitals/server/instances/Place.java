package org.holovitals.server.instances;

/** Where analyses are worked on. */
enum Place {
    /** By threads of the server. */
    IN_SERVER,
    /** By processes that the server starts on its machine. */
    LOCAL_PROCESS,
    /** By jobs of a Kubernetes cluster. */
    KUBERNETES
}
