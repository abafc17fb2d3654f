package org.holovitals.server.ledger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.holovitals.server.access.CalledBy;
import org.holovitals.server.access.CalledBy.Kind;
import org.holovitals.server.access.Caller;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/audit/report}: how much happened, by severity, action, person or day. */
@RestController
@ConditionalOnWebApplication
final class ReportEndpoint {
    private static final Duration USUAL = Duration.ofDays(30);
    private static final Map<String, AuditReport.By> WAYS = Arrays.stream(AuditReport.By.values())
            .collect(Collectors.toMap(by -> by.name().toLowerCase(Locale.ROOT), Function.identity()));

    private final AuditReport report;
    private final Clock clock;

    ReportEndpoint(AuditReport report, Clock clock) {
        this.report = report;
        this.clock = clock;
    }

    /**
     * The report.
     *
     * @param by severity, action, person or day
     * @param from a day (UTC) or time, {@code to} likewise; the last 30 days unless they are given
     * @param format csv or json
     */
    @GetMapping("/api/audit/report")
    @CalledBy(Kind.COMPLIANCE)
    ResponseEntity<Table> report(
            @RequestParam(required = false) @Nullable String by,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String format,
            @RequestHeader(name = HttpHeaders.ACCEPT, defaultValue = "") String accept,
            Caller caller) {
        caller.call().record().action("read-audit-report");
        caller.call().record().resource("audit_logs", null);
        LogQuery query = LogQuery.of("by", by, "from", from, "to", to, "format", format);
        AuditReport.By way = query.text("by")
                .map(WAYS::get)
                .orElseThrow(
                        () -> new Problem(ProblemType.INVALID_REQUEST, "by has to be severity, action, person or day"));
        Instant until = query.to().orElseGet(clock::instant);
        Instant since = query.from().orElseGet(() -> until.minus(USUAL));
        return new Table(AuditReport.COLUMNS, report.rows(way, since, until))
                .answer(query.text("format").orElse(""), accept, "audit-report");
    }
}
