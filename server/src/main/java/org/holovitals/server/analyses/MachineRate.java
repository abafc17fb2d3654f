package org.holovitals.server.analyses;

import java.math.BigDecimal;

/** What the machines cost on which tasks are worked on, where machines are started for them. */
public interface MachineRate {
    /** A minute, in the currency of the limits. */
    BigDecimal perMinute();
}
