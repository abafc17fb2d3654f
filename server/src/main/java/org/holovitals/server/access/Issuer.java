package org.holovitals.server.access;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The OpenID issuer: its discovery document and its keys, as it publishes them. */
public final class Issuer {
    private static final String DISCOVERY = "/.well-known/openid-configuration";

    /** One that has just come up may need longer for its first answer than anybody waits. */
    private static final int MOST_TRIES = 5;

    private final URI name;
    private final String address;
    private final RemoteDocument<Map<String, Object>> discovery;
    private final RemoteDocument<JWKSet> keys;

    Issuer(IdentitySettings settings, ObjectMapper json, Clock clock) {
        this.name = settings.issuer();
        this.address = withoutSlash(settings.address() == null ? name : settings.address());
        this.discovery = new RemoteDocument<>(
                () -> Optional.of(URI.create(address + DISCOVERY)),
                text -> checked(json.readValue(text, new TypeReference<Map<String, Object>>() {})),
                clock);
        this.keys = new RemoteDocument<>(
                () -> Optional.ofNullable(settings.jwks()).or(() -> reached("jwks_uri")), Issuer::keySet, clock);
    }

    /** The {@code iss} of its tokens. */
    public String name() {
        return name.toString();
    }

    /** Where this server reaches its discovery document. */
    public URI discoveryAddress() {
        return URI.create(address + DISCOVERY);
    }

    /** An endpoint that its discovery document names. */
    public Optional<String> endpoint(String member) {
        return discovery.get().map(document -> document.get(member)).map(String::valueOf);
    }

    /** The same endpoint as this server reaches it, which may be by another way than its clients. */
    public Optional<URI> reached(String member) {
        String published = withoutSlash(name) + "/";
        return endpoint(member)
                .map(uri -> uri.startsWith(published) ? address + uri.substring(published.length() - 1) : uri)
                .map(URI::create);
    }

    private static String withoutSlash(URI uri) {
        return uri.toString().replaceAll("/+$", "");
    }

    /** What its discovery document lists; empty where it lists nothing or cannot be read. */
    public List<String> listed(String member) {
        return listed(discovery.get(), member);
    }

    /** The same, from a document that is at most a minute old. */
    public List<String> listedNow(String member) {
        return listed(discovery.renewed(), member);
    }

    private static List<String> listed(Optional<Map<String, Object>> document, String member) {
        return document.map(found -> found.get(member)).stream()
                .filter(Collection.class::isInstance)
                .flatMap(found -> ((Collection<?>) found).stream())
                .map(String::valueOf)
                .toList();
    }

    /** It has just come up: what could not be read before is read now, so that whoever is told of it finds his token checked. */
    public void isUp() {
        for (int times = 0; times < MOST_TRIES; times++) {
            discovery.askAgain();
            keys.askAgain();
            if (discovery.get().isPresent() && keys.get().isPresent()) {
                return;
            }
        }
    }

    RemoteDocument<JWKSet> keys() {
        return keys;
    }

    /** OpenID Connect Discovery 1.0, 4.3: the document has to be about the issuer that was asked. */
    private Map<String, Object> checked(Map<String, Object> document) throws IOException {
        if (!name.toString().equals(document.get("issuer"))) {
            throw new IOException("the discovery document is of another issuer");
        }
        return document;
    }

    private static JWKSet keySet(String text) throws IOException {
        try {
            return JWKSet.parse(text).toPublicJWKSet();
        } catch (ParseException e) {
            throw new IOException("not a key set", e);
        }
    }
}
