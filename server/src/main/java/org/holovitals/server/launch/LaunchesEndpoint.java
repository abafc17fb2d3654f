package org.holovitals.server.launch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.holovitals.server.access.CalledBy;
import org.holovitals.server.access.CalledBy.Kind;
import org.holovitals.server.access.Caller;
import org.holovitals.server.access.VisibleRecords;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /api/launches}: an EHR is about to open an app in the record of a patient. */
@RestController
@ConditionalOnWebApplication
final class LaunchesEndpoint {
    private static final Duration LIFETIME = Duration.ofMinutes(5);
    private static final Duration KEPT = Duration.ofDays(1);

    private final Launches launches;
    private final VisibleRecords records;
    private final Clock clock;

    LaunchesEndpoint(Launches launches, VisibleRecords records, Clock clock) {
        this.launches = launches;
        this.records = records;
        this.clock = clock;
    }

    /**
     * The answer.
     *
     * @param launch the handle that the app gets beside {@code iss}, and passes on to the authorization endpoint
     */
    record Made(String launch, Instant expiresAt) {}

    @PostMapping("/api/launches")
    @CalledBy({Kind.CLINICIAN, Kind.SERVICE})
    @ResponseStatus(HttpStatus.CREATED)
    Made make(@RequestBody LaunchRequest request, Caller caller) {
        caller.call().record().action("make-launch");
        caller.call().record().resource("launches", null);
        Launch launch = request.launch(caller);
        caller.call().record().about(launch.patient());
        requireVisible(launch, caller);
        Handle handle = Handle.make();
        Instant now = clock.instant();
        launches.forgetExpiredBefore(now.minus(KEPT));
        launches.add(handle, launch, caller, now, now.plus(LIFETIME));
        return new Made(handle.value(), now.plus(LIFETIME));
    }

    private void requireVisible(Launch launch, Caller caller) {
        if (!records.mayRead(caller, "Patient", launch.patient(), launch.patient())) {
            throw new Problem(ProblemType.LAUNCH_PATIENT_UNKNOWN);
        }
        String encounter = launch.encounter();
        if (encounter != null && !records.mayRead(caller, "Encounter", encounter, launch.patient())) {
            throw new Problem(ProblemType.LAUNCH_ENCOUNTER_UNKNOWN);
        }
    }
}
