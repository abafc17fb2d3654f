package org.holovitals.server.fhir;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.jpa.api.model.ResourceVersionConflictResolutionStrategy;

/**
 * Two clients that create the same thing at once are not a conflict to report: the later one tries again and finds
 * the first one's resource. An {@code If-Match} that no longer holds fails on the second try as it should.
 */
@Interceptor
public final class WriteConflicts implements StorageHooks {
    private static final int TRIES = 10;

    WriteConflicts() {}

    /** How HAPI shall go on after a write collided. */
    @Hook(Pointcut.STORAGE_VERSION_CONFLICT)
    public ResourceVersionConflictResolutionStrategy retry() {
        ResourceVersionConflictResolutionStrategy strategy = new ResourceVersionConflictResolutionStrategy();
        strategy.setRetry(true);
        strategy.setMaxRetries(TRIES);
        return strategy;
    }
}
