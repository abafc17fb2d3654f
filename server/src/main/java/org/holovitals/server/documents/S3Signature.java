package org.holovitals.server.documents;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.holovitals.server.base.Sha256;

/**
 * Signs requests to S3 and to what speaks as it does: AWS Signature Version 4, with the hash of the body
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html).
 */
final class S3Signature {
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final String SIGNED = "host;x-amz-content-sha256;x-amz-date";
    private static final String HASH = "x-amz-content-sha256";
    private static final String DATE = "x-amz-date";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final int DAY = "20260131".length();

    private final String region;

    S3Signature(String region) {
        this.region = region;
    }

    /** Names and proves who asks. */
    record Keys(String access, String secret) {
        @Override
        public String toString() {
            return access + " (secret)";
        }
    }

    /**
     * The headers that a request needs beside those that every one has.
     *
     * @param uri its query sorted by names, and written as RFC 3986 wants
     * @param hash SHA-256 of the body, in hexadecimal
     */
    Map<String, String> headers(Keys keys, String method, URI uri, String hash, Instant now) {
        String time = TIME.format(now);
        String day = time.substring(0, DAY);
        String scope = day + "/" + region + "/s3/aws4_request";
        String canonical = String.join(
                "\n",
                method,
                uri.getRawPath().isEmpty() ? "/" : uri.getRawPath(),
                uri.getRawQuery() == null ? "" : uri.getRawQuery(),
                "host:" + host(uri),
                HASH + ":" + hash,
                DATE + ":" + time,
                "",
                SIGNED,
                hash);
        byte[] key = mac(("AWS4" + keys.secret()).getBytes(StandardCharsets.UTF_8), day);
        for (String part : new String[] {region, "s3", "aws4_request"}) {
            key = mac(key, part);
        }
        String signature =
                HexFormat.of().formatHex(mac(key, String.join("\n", ALGORITHM, time, scope, Sha256.hex(canonical))));
        return Map.of(
                HASH,
                hash,
                DATE,
                time,
                "Authorization",
                ALGORITHM + " Credential=" + keys.access() + "/" + scope + ",SignedHeaders=" + SIGNED + ",Signature="
                        + signature);
    }

    private static String host(URI uri) {
        return uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
    }

    private static byte[] mac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC-SHA-256", e);
        }
    }
}
