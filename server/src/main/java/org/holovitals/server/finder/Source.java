package org.holovitals.server.finder;

/** A version of a resource. */
record Source(String type, String id, long version) {}
