package org.holovitals.server.access;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.method.PageMethodBinding;
import ca.uhn.fhir.rest.server.util.ICachedSearchDetails;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.stream.Stream;
import org.holovitals.server.base.Sha256;
import org.holovitals.server.fhir.StorageHooks;

/**
 * Binds a search that HAPI keeps, and so the links to its further pages, to the caller: the search's name is a random
 * half and a hash of that half with what the caller is and may see. It needs no memory of its own, so that any server
 * on the database can answer a link; who is, or may see, something else now is told that there is no such search.
 */
@Interceptor(order = RequestGate.ORDER)
public final class PageLinks implements StorageHooks {
    /** Both halves in Base64 fill HAPI's column of 48 characters. */
    private static final int HALF_BYTES = 18;

    private static final int HALF = HALF_BYTES / 3 * 4;
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final FhirContext fhir;
    private final CallerFacts facts;
    private final SecureRandom random = new SecureRandom();

    PageLinks(FhirContext fhir, CallerFacts facts) {
        this.fhir = fhir;
        this.facts = facts;
    }

    /** Names the search before HAPI stores it. */
    @Hook(Pointcut.STORAGE_PRESEARCH_REGISTERED)
    public void name(ICachedSearchDetails search, RequestDetails request) {
        RequestCaller.of(request).ifPresent(caller -> search.setUuid(nameFor(caller)));
    }

    /** HAPI looks for a search to use again by the question as it came, before it was cut down to the caller. */
    @Hook(Pointcut.STORAGE_PRECHECK_FOR_CACHED_SEARCH)
    public boolean mayUseAnothersResult(RequestDetails request) {
        return RequestCaller.of(request).isEmpty();
    }

    /** Refuses, in HAPI's words for a search that it does not know, the link of another. */
    void requireOwn(Caller caller, RequestDetails request) {
        String[] given = request.getParameters().get(Constants.PARAM_PAGINGACTION);
        String name = given == null || given.length == 0 ? "" : given[0];
        if (name.length() != 2 * HALF || !name.substring(HALF).equals(hash(name.substring(0, HALF), caller))) {
            throw new ResourceGoneException(
                    fhir.getLocalizer().getMessage(PageMethodBinding.class, "unknownSearchId", name));
        }
    }

    String nameFor(Caller caller) {
        byte[] bytes = new byte[HALF_BYTES];
        random.nextBytes(bytes);
        String half = BASE64.encodeToString(bytes);
        return half + hash(half, caller);
    }

    private String hash(String half, Caller caller) {
        MessageDigest sha256 = Sha256.digest();
        Stream.concat(Stream.of(half), facts.reach(caller).stream()).forEach(fact -> {
            byte[] bytes = fact.getBytes(StandardCharsets.UTF_8);
            sha256.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
            sha256.update(bytes);
        });
        return BASE64.encodeToString(sha256.digest()).substring(0, HALF);
    }
}
