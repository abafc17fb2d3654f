package org.holovitals.server.benchmark;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.holovitals.server.TestIssuer;

/** Whose tokens go with requests to this server. They are real ones, of an issuer on loopback, and are renewed. */
final class Callers {
    private static final long RENEWED_AFTER_NANOS = Duration.ofMinutes(2).toNanos();
    private static final String CLINICIAN = "d2b0a7ab-6d0c-4f5b-9d6f-0a3f3f2b6c11";

    private final Map<Role, Token> tokens = new ConcurrentHashMap<>();

    private record Token(String text, long made) {
        boolean isOld() {
            return System.nanoTime() - made > RENEWED_AFTER_NANOS;
        }
    }

    /** The header's line. */
    String authorization(Role role) {
        Token token = tokens.compute(role, (same, old) -> old == null || old.isOld() ? made(role) : old);
        return "Authorization: Bearer " + token.text() + "\r\n";
    }

    private static Token made(Role role) {
        return new Token(role == Role.SERVICE ? TestIssuer.system() : clinician(), System.nanoTime());
    }

    private static String clinician() {
        return user(CLINICIAN, "clinician", "Practitioner/benchmark");
    }

    /** What the clinician is known by to those who give a consent. */
    static String clinicianEmail() {
        return CLINICIAN + "@example.org";
    }

    /** The header's line of the one whose own record a patient is. */
    static String ownerOf(String patient) {
        String subject =
                UUID.nameUUIDFromBytes(patient.getBytes(StandardCharsets.UTF_8)).toString();
        return "Authorization: Bearer " + user(subject, "patient", "Patient/" + patient) + "\r\n";
    }

    private static String user(String subject, String role, String self) {
        return TestIssuer.token(claims -> claims.subject(subject)
                .claim("azp", "benchmark")
                .claim("sid", "session-" + subject)
                .claim("email", subject + "@example.org")
                .claim("email_verified", true)
                .claim("fhirUser", self)
                .claim("scope", "user/*.cruds")
                .claim("realm_access", Map.of("roles", List.of(role))));
    }
}
