package org.holovitals.server.base;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochRandomGenerator;
import java.util.UUID;

/** Makes the ids of our tables: UUID version 7 (RFC 9562), so that new rows go to the end of an index. */
public final class Ids {
    /** Less than every id: where a walk by rising ids begins. */
    public static final UUID LEAST = new UUID(0, 0);

    /** Greater than every id: where a list by falling ids begins. */
    public static final UUID GREATEST = new UUID(-1, -1);

    private final TimeBasedEpochRandomGenerator generator = Generators.timeBasedEpochRandomGenerator();

    /** A new id. */
    public UUID next() {
        return generator.generate();
    }
}
