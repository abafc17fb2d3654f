package org.holovitals.server.recording;

import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Map;
import org.holovitals.server.access.CalledBy;
import org.holovitals.server.access.CalledBy.Kind;
import org.holovitals.server.access.Caller;
import org.holovitals.server.chain.AuditChain;
import org.holovitals.server.chain.Finding;
import org.holovitals.server.chain.Verification;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/audit}: proof that the log is as it was written, and the log itself for an auditor. */
@RestController
@ConditionalOnWebApplication
final class AuditEndpoint {
    private static final int BUFFER = 1 << 16;

    private final AuditChain chain;

    AuditEndpoint(AuditChain chain) {
        this.chain = chain;
    }

    /**
     * The answer of a check.
     *
     * @param first the first that is wrong, in words; null when nothing is
     */
    record Checked(boolean intact, @Nullable String first, Verification verification) {}

    @GetMapping("/api/audit/verify")
    @CalledBy(Kind.COMPLIANCE)
    Checked verify(Caller caller) {
        caller.call().record().action("verify-audit-log");
        caller.call().record().resource("audit_logs", null);
        Verification found = chain.verify();
        return new Checked(found.isIntact(), found.first().map(Finding::text).orElse(null), found);
    }

    @GetMapping("/api/audit/keys")
    @CalledBy(Kind.ANYONE)
    Map<String, String> keys() {
        return chain.keys();
    }

    /** Streamed, however long the log is. */
    @GetMapping("/api/audit/export")
    @CalledBy(Kind.COMPLIANCE)
    void export(
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to,
            Caller caller,
            HttpServletResponse response)
            throws IOException {
        caller.call().record().action("export-audit-log");
        caller.call().record().resource("audit_logs", null);
        response.setContentType("application/x-ndjson");
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"audit.ndjson\"");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        try (OutputStream out = new BufferedOutputStream(response.getOutputStream(), BUFFER)) {
            chain.export(out, from, to);
        }
    }
}
