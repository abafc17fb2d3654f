package org.holovitals.server.instances;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.holovitals.server.analyses.Workers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** The work on an instance: it registers, works, tells that it is there, and ends when its time is over. */
public final class InstanceWork implements AutoCloseable {
    /** The environment variable with the token by which an instance registers. */
    public static final String TOKEN = "HOLOVITALS_INSTANCE_TOKEN";

    private static final Logger LOG = LoggerFactory.getLogger(InstanceWork.class);
    private static final Duration BEAT = Duration.ofSeconds(1);
    private static final int SILENT_BEATS = 60;

    private final CloudInstances instances;
    private final Workers workers;
    private final CountDownLatch end = new CountDownLatch(1);

    InstanceWork(CloudInstances instances, Workers workers) {
        this.instances = instances;
        this.workers = workers;
    }

    /**
     * Works until the instance is to end. What is under way then goes back to the queue when the workers are closed.
     *
     * @throws IllegalStateException when the token does not count: it did once, or its instance has ended
     */
    public void run(String token) throws InterruptedException {
        UUID id = instances
                .register(token)
                .orElseThrow(() -> new IllegalStateException("The token in " + TOKEN
                        + " does not count: it was used, or the instance was given up before its worker had started"));
        workers.startOn(id);
        int silent = 0;
        while (silent < SILENT_BEATS && !end.await(BEAT.toMillis(), TimeUnit.MILLISECONDS)) {
            try {
                if (!instances.beat(id)) {
                    return;
                }
                silent = 0;
            } catch (DataAccessException e) {
                // Without the database nobody could stop it, so it stops itself in the end.
                silent++;
                LOG.warn(
                        "The instance cannot tell that it is there: {}",
                        e.getClass().getName());
            }
        }
    }

    /** Lets the run come to its end. */
    @Override
    public void close() {
        end.countDown();
    }
}
