package org.holovitals.server.bulk;

import java.io.IOException;

/** What is to be done for a kind of job. */
interface JobWork {

    /**
     * Does it, and ends the job well.
     *
     * @throws JobFailed when it cannot be done
     * @throws JobEnded when the job is not held any more
     */
    void run(Lease lease) throws IOException, InterruptedException;
}
