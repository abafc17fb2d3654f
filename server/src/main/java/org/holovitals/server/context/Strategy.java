package org.holovitals.server.context;

/** How the parts of a text depend on each other. */
public enum Strategy {
    /** Each on the one before, as for a trend. */
    SEQUENTIAL,
    /** None on any, as for a comparison or sections by themselves. */
    PARALLEL,
    /** All on an outline that comes first. */
    HIERARCHICAL
}
