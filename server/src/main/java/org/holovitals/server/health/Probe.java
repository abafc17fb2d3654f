package org.holovitals.server.health;

/** Looks at one component by having it do a piece of its own work. */
interface Probe {
    /** Which. */
    Component component();

    /**
     * Looks once. What it throws means that the component is down.
     *
     * @throws Exception whatever the component fails with
     */
    Reading read() throws Exception;
}
