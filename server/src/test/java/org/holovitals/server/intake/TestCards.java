package org.holovitals.server.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** SMART Health Cards of an issuer whom the tests' servers know. */
public final class TestCards {
    static final String ISSUER = "https://issuer.example/cards";
    static final ECKey KEY = newKey();

    private TestCards() {}

    /** A file with the issuer's key. */
    public static Path issuers() {
        try {
            Path file = Files.createTempFile(Files.createDirectories(Path.of("target")), "issuers", ".json");
            file.toFile().deleteOnExit();
            return Files.writeString(file, "{\"" + ISSUER + "\":" + new JWKSet(KEY.toPublicJWK()) + "}");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ECKey newKey() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyIDFromThumbprint(true).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What an issuer says of a person. */
    static String bundle(String family) {
        return """
                {"resourceType":"Bundle","type":"collection","entry":[
                 {"fullUrl":"resource:0","resource":{"resourceType":"Patient","name":[{"family":"%s","given":["Ada"]}],
                  "birthDate":"1970-01-02"}},
                 {"fullUrl":"resource:1","resource":{"resourceType":"Immunization","status":"completed",
                  "vaccineCode":{"coding":[{"system":"http://hl7.org/fhir/sid/cvx","code":"207"}]},
                  "patient":{"reference":"resource:0"},"occurrenceDateTime":"2021-01-01"}}]}
                """.formatted(family);
    }

    /** As a card is downloaded. */
    static String file(String card) {
        return "{\"verifiableCredential\":[\"" + card + "\"]}";
    }

    /** One that is signed by a key as an issuer's. */
    static String card(ECKey key, String issuer, String bundle) {
        String payload = "{\"iss\":\"" + issuer + "\",\"nbf\":1620992383,\"vc\":{\"credentialSubject\":"
                + "{\"fhirVersion\":\"4.0.1\",\"fhirBundle\":" + bundle + "}}}";
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .keyID(key.getKeyID())
                .customParam("zip", "DEF")
                .build();
        JWSObject signed = new JWSObject(header, new Payload(deflated(payload)));
        try {
            signed.sign(new ECDSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return signed.serialize();
    }

    private static byte[] deflated(String text) {
        ByteArrayOutputStream deflated = new ByteArrayOutputStream();
        Deflater raw = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try (DeflaterOutputStream out = new DeflaterOutputStream(deflated, raw)) {
            out.write(text.getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return deflated.toByteArray();
    }
}
