package org.holovitals.keycloak.realm;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The logins of the development realm. They are public, and no other realm has them. */
public final class Demonstration {
    /** A user of the development realm. */
    public record Login(String name, String password, String role) {}

    /** One user for each role. */
    public static final List<Login> LOGINS = List.of(
            new Login("patient", "Patient-2026!", "patient"),
            new Login("clinician", "Clinician-2026!", "clinician"),
            new Login("compliance", "Compliance-2026!", "compliance"),
            new Login("admin", "Administrator-2026!", "admin"));

    /** The key of the one-time codes (TOTP, SHA-1, six digits, 30 seconds) of the users who need a second factor. */
    public static final String TOTP_KEY = "holovitals-demonstration";

    /** The FHIR id of the demonstration clinician. */
    public static final String PRACTITIONER = "demonstration-clinician";

    private Demonstration() {}

    /** The recovery codes of the users who need a second factor, each good once. */
    public static List<String> recoveryCodeList() {
        return IntStream.rangeClosed(1, 9).mapToObj(i -> "DEMONSTRATE" + i).toList();
    }

    static Map<String, Object> totp() {
        return Json.object(
                "type",
                "otp",
                "userLabel",
                "demonstration",
                "secretData",
                Json.text(Json.object("value", TOTP_KEY)),
                "credentialData",
                Json.text(Json.object(
                        "subType", "totp", "digits", 6, "counter", 0, "period", 30, "algorithm", "HmacSHA1")));
    }

    static Map<String, Object> recoveryCodes() {
        List<String> codes = recoveryCodeList();
        List<Map<String, Object>> hashed = IntStream.range(0, codes.size())
                .mapToObj(i -> Json.object("number", i + 1, "encodedHashedValue", sha512(codes.get(i))))
                .toList();
        return Json.object(
                "type",
                "recovery-authn-codes",
                "userLabel",
                "demonstration",
                "secretData",
                Json.text(Json.object("codes", hashed)),
                "credentialData",
                Json.text(Json.object("algorithm", "SHA-512", "total", codes.size(), "remaining", codes.size())));
    }

    private static String sha512(String code) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-512").digest(code.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-512", e);
        }
    }
}
