package org.holovitals.server.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Tokens that are refused although their signature holds and their time has not come: their session was ended. */
@FunctionalInterface
public interface RevokedTokens {

    /** Asked for every request, so it looks nothing up. */
    boolean contains(Caller caller, @Nullable Instant issuedAt);
}
