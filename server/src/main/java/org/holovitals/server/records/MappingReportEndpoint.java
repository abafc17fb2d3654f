package org.holovitals.server.records;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.holovitals.server.access.CalledBy;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/mappings/report}: what the typed tables cannot hold, by table and path. */
@RestController
@ConditionalOnWebApplication
final class MappingReportEndpoint {
    private static final int PATIENCE_SECONDS = 30;

    private final MappingLosses losses;

    MappingReportEndpoint(MappingLosses losses) {
        this.losses = losses;
    }

    /** The report; 202 while a large record is still being counted, to be asked for again. */
    @GetMapping("/api/mappings/report")
    @CalledBy(CalledBy.Kind.ADMIN)
    ResponseEntity<?> report() throws InterruptedException, ExecutionException {
        CompletableFuture<MappingReport> report = losses.report();
        try {
            return ResponseEntity.ok(report.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        } catch (TimeoutException e) {
            return ResponseEntity.accepted()
                    .header(HttpHeaders.RETRY_AFTER, String.valueOf(PATIENCE_SECONDS))
                    .body(Map.of("status", "counting"));
        }
    }
}
