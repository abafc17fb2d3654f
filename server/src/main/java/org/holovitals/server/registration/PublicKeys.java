package org.holovitals.server.registration;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.text.ParseException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/**
 * The public keys of an app that signs. Keycloak fetches them from the app's address, so that address must not lead into
 * the operator's own network unless a setting says that apps live there.
 */
final class PublicKeys {
    private static final int RSA_BITS = 2048;
    private static final int MOST = 20;

    private final boolean development;
    private final boolean privateAddresses;

    PublicKeys(boolean development, boolean privateAddresses) {
        this.development = development;
        this.privateAddresses = privateAddresses;
    }

    String checkedUrl(String text) {
        URI uri = Addresses.checked("jwksUrl", text);
        if (development && Addresses.isLoopback(uri)) {
            return uri.toString();
        }
        if (!"https".equals(uri.getScheme())) {
            throw refused("jwksUrl has to be https: " + text);
        }
        for (InetAddress address : resolved(uri)) {
            if (isOfThisMachine(address) || (isPrivate(address) && !privateAddresses)) {
                throw refused("jwksUrl leads into this network, from which Keycloak fetches nothing: " + text);
            }
        }
        return uri.toString();
    }

    private static List<InetAddress> resolved(URI uri) {
        try {
            return Arrays.asList(InetAddress.getAllByName(uri.getHost()));
        } catch (UnknownHostException e) {
            throw refused("jwksUrl names a host that is not known here: " + uri.getHost());
        }
    }

    /** Also the link-local addresses, at which clouds tell a machine its credentials. */
    private static boolean isOfThisMachine(InetAddress address) {
        return address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isMulticastAddress();
    }

    /** RFC 1918, RFC 4193 (unique local) and RFC 6598 (shared address space). */
    private static boolean isPrivate(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean isUniqueLocal = bytes.length == 16 && (bytes[0] & 0xfe) == 0xfc;
        boolean isShared = bytes.length == 4 && bytes[0] == 100 && (bytes[1] & 0xc0) == 64;
        return address.isSiteLocalAddress() || isUniqueLocal || isShared;
    }

    /** Public keys that RS384 or ES384 can be checked with, each with an id. */
    String checkedSet(@Nullable JsonNode jwks) {
        JWKSet set = parsed(jwks);
        if (set.getKeys().isEmpty() || set.getKeys().size() > MOST) {
            throw refused("jwks has to have between one and " + MOST + " keys");
        }
        Set<String> ids = new HashSet<>();
        for (JWK key : set.getKeys()) {
            requireUsable(key);
            if (key.getKeyID() == null || key.getKeyID().isBlank() || !ids.add(key.getKeyID())) {
                throw refused("Each key of jwks needs a kid of its own");
            }
        }
        return new JWKSet(set.getKeys().stream().map(PublicKeys::forSignatures).toList()).toString(true);
    }

    /** Keycloak passes over an inline key that does not say what it is for. */
    private static JWK forSignatures(JWK key) {
        return key instanceof RSAKey rsa
                ? new RSAKey.Builder(rsa).keyUse(KeyUse.SIGNATURE).build()
                : new ECKey.Builder((ECKey) key).keyUse(KeyUse.SIGNATURE).build();
    }

    private static JWKSet parsed(@Nullable JsonNode jwks) {
        try {
            return JWKSet.parse(String.valueOf(jwks));
        } catch (ParseException e) {
            throw refused("jwks is not a JSON Web Key Set");
        }
    }

    private static void requireUsable(JWK key) {
        if (key.isPrivate()) {
            throw refused("jwks has a private or shared key: it is no secret any more, make a new one");
        }
        boolean isRsa = key instanceof RSAKey rsa && rsa.size() >= RSA_BITS;
        boolean isEc = key instanceof ECKey ec && Curve.P_384.equals(ec.getCurve());
        if (!isRsa && !isEc) {
            throw refused(
                    "jwks may have RSA keys of at least " + RSA_BITS + " bits (RS384) and EC keys on P-384 (ES384)");
        }
        if (key.getKeyUse() != null && !key.getKeyUse().equals(KeyUse.SIGNATURE)) {
            throw refused("The keys of jwks have to be for signatures (\"use\": \"sig\")");
        }
    }

    private static Problem refused(String reason) {
        return new Problem(ProblemType.APP_KEYS_INVALID, reason);
    }
}
