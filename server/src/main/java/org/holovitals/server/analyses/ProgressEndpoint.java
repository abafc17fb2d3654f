package org.holovitals.server.analyses;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.holovitals.server.access.CalledBy;
import org.holovitals.server.access.CalledBy.Kind;
import org.holovitals.server.access.Caller;
import org.holovitals.server.base.ProgressStream;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.holovitals.server.users.Users;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/analyses/{id}/events}: how far an analysis is, until it ends. */
@RestController
@ConditionalOnWebApplication
final class ProgressEndpoint {
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final AnalysisQueue queue;
    private final Wakeups wakeups;
    private final Users users;
    private final ProgressStream streams;

    ProgressEndpoint(AnalysisQueue queue, Wakeups wakeups, Users users, ObjectMapper json) {
        this.queue = queue;
        this.wakeups = wakeups;
        this.users = users;
        this.streams = new ProgressStream(json, "Too many follow their analyses now; ask for the status");
    }

    @GetMapping(path = "/api/analyses/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @CalledBy({Kind.PATIENT, Kind.CLINICIAN})
    void events(@PathVariable UUID id, Caller caller, HttpServletResponse response)
            throws IOException, InterruptedException {
        caller.call().record().action("follow-analysis");
        caller.call().record().resource("analysis_queue", id.toString());
        Analysis analysis = new Analysis(id, users.of(caller));
        streams.follow(response, analysis.find().orElseThrow(() -> new Problem(ProblemType.NOT_FOUND)), analysis);
    }

    /** A task of a user's. */
    private final class Analysis implements ProgressStream.Followed<AnalysisTask> {
        private final UUID id;
        private final UUID user;
        private long seen = wakeups.last();

        private Analysis(UUID id, UUID user) {
            this.id = id;
            this.user = user;
        }

        Optional<AnalysisTask> find() {
            return queue.find(id, user);
        }

        @Override
        public Object view(AnalysisTask now) {
            return AnalysisView.of(now);
        }

        @Override
        public boolean isOver(AnalysisTask now) {
            return now.state().status().isEnd();
        }

        /** A change that comes while the task is looked up is waited for no more. */
        @Override
        public Optional<AnalysisTask> next() throws InterruptedException {
            wakeups.await(seen, LOOK);
            seen = wakeups.last();
            return find();
        }
    }
}
