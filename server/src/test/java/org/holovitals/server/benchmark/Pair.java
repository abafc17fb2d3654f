package org.holovitals.server.benchmark;

/** The same measured on both servers, one right after the other. */
record Pair(Measurement stock, Measurement own) {

    String operation() {
        return stock.operation();
    }

    Measurement of(String server) {
        return server.equals(Subject.STOCK) ? stock : own;
    }

    /** How many times as much this server does in a second. */
    double ratio(boolean inResources) {
        return own.rate(inResources) / stock.rate(inResources);
    }

    /** How many times as long stock HAPI takes for half of the requests. */
    double latencyRatio() {
        return stock.latency().orElseThrow().p50() / own.latency().orElseThrow().p50();
    }
}
