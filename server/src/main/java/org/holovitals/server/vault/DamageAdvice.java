package org.holovitals.server.vault;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.holovitals.server.alerts.Alert;
import org.holovitals.server.alerts.Alerts;
import org.holovitals.server.audit.AuditEntry.Severity;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemDocument;
import org.holovitals.server.problem.ProblemType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Answers routes that met something sealed which does not open: whoever asked is told so, and somebody has to look into it. */
@RestControllerAdvice
@ConditionalOnWebApplication
final class DamageAdvice {
    private static final Logger LOG = LoggerFactory.getLogger(DamageAdvice.class);

    private final Alerts alerts;

    DamageAdvice(Alerts alerts) {
        this.alerts = alerts;
    }

    @ExceptionHandler
    ResponseEntity<ProblemDocument> tampered(TamperedException thrown, HttpServletRequest request) {
        String path = request.getRequestURI();
        LOG.error("What is sealed behind {} was changed", path);
        alerts.raise(new Alert(
                "sealed-value-damaged:" + path, null, "sealed-value-damaged", Severity.CRITICAL, Map.of("path", path)));
        return unreadable("What is kept is not what was kept");
    }

    /** Where a feature has no words of its own for it. */
    @ExceptionHandler
    ResponseEntity<ProblemDocument> shredded(ShreddedException thrown) {
        return unreadable("The key of this record was destroyed");
    }

    private static ResponseEntity<ProblemDocument> unreadable(String detail) {
        ProblemDocument problem = ProblemDocument.of(new Problem(ProblemType.SEALED_UNREADABLE, detail));
        return ResponseEntity.status(problem.status())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }
}
