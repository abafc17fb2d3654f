package org.holovitals.server.instances;

import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Starts and stops machines. Behind it the world outside begins: it is never called in a transaction. */
interface CloudProvider {
    /** As it stands in the rows. */
    String name();

    /** What its instances are, and what they cost from now on. */
    Rate estimate();

    /**
     * Starts an instance, once for each key.
     *
     * @return the provider's name for it
     * @throws ProviderException when it did not, or nobody knows
     */
    String create(Order order);

    /**
     * How an instance is.
     *
     * @throws ProviderException when nobody knows
     */
    State status(String instance);

    /**
     * Stops an instance; one that is gone already is none to stop.
     *
     * @throws ProviderException when nobody knows whether it stopped
     */
    void terminate(String instance);

    /**
     * All instances with a tag that are not gone, whoever knows of them.
     *
     * @throws ProviderException when nobody knows
     */
    List<Found> list(String tag);

    /**
     * What an instance is and costs.
     *
     * @param region null where there are none
     * @param perMinute in the currency of the limits
     */
    record Rate(String instanceType, @Nullable String region, BigDecimal perMinute, String currency) {}

    /**
     * What is wanted.
     *
     * @param id of the row, which is there already; as a text it is the key by which the instance is found again
     * @param tag of all instances of this server
     * @param token by which the worker on it registers, once
     * @param seconds after which it is stopped, whatever it does
     */
    record Order(UUID id, String tag, String token, long seconds) {
        String key() {
            return id.toString();
        }
    }

    /** How an instance is. */
    enum State {
        /** It starts or works. */
        RUNNING,
        /** Its worker has ended, and something of it is left. */
        ENDED,
        /** There is nothing of it. */
        GONE
    }

    /**
     * An instance that is there.
     *
     * @param key with which it was created
     * @param instance the provider's name for it
     */
    record Found(String key, String instance, State state) {}
}
