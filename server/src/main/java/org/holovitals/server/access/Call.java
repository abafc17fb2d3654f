package org.holovitals.server.access;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.holovitals.server.audit.AccessRecord;
import org.jspecify.annotations.Nullable;

/**
 * One request of a caller: where it came from, and what the audit log will say of it. Two requests with the same token are
 * two calls, so it is compared by identity.
 */
public final class Call {
    private static final long UNREAD = -1;

    private final @Nullable InetAddress address;
    private final AccessRecord record = new AccessRecord();
    private final Object holding = new Object();
    private final Map<Asked, List<Grants.Grant>> ways = new ConcurrentHashMap<>();
    private @Nullable Holdings holdings;
    private volatile @Nullable UUID account;
    private volatile long consentVersion = UNREAD;
    private volatile boolean isAssumed;

    private Call(@Nullable InetAddress address) {
        this.address = address;
    }

    /** A call from an address; null where nobody calls and it is only asked what he might do. */
    public static Call from(@Nullable InetAddress address) {
        return new Call(address);
    }

    /** Where it came from. */
    public @Nullable InetAddress address() {
        return address;
    }

    /** What consents let the caller do, asked for once: thousands of resources may be shown in one request. */
    Holdings holdings(Supplier<Holdings> ask) {
        synchronized (holding) {
            Holdings known = holdings == null ? ask.get() : holdings;
            holdings = known;
            return known;
        }
    }

    /** What the caller's scopes are asked for. */
    record Asked(String type, Interaction interaction) {}

    /** The ways in which scopes and consents lead to a type's resources: the same for each that is shown. */
    List<Grants.Grant> ways(Asked asked, Supplier<List<Grants.Grant>> find) {
        return ways.computeIfAbsent(asked, unknown -> find.get());
    }

    /** The row of the caller in users; null for a service, and until it is known. */
    public @Nullable UUID account() {
        return account;
    }

    /** Says which row of users the caller has. */
    public void account(UUID row) {
        account = row;
    }

    /** The {@link ConsentVersion} of the caller, if a statement of this call has read it, or it is assumed. */
    public OptionalLong consentVersion() {
        long read = consentVersion;
        return read == UNREAD ? OptionalLong.empty() : OptionalLong.of(read);
    }

    /**
     * Says what a statement of this call read: before anybody asked what consents let the caller do, or to confirm what was
     * assumed.
     */
    public void consentVersion(long read) {
        if (!isAssumed) {
            consentVersion = read;
        } else if (consentVersion == read) {
            isAssumed = false;
        }
    }

    /** Begins with the version of an earlier call, which a statement of this one has to confirm before anything is shown. */
    void assumeConsentVersion(long earlier) {
        consentVersion = earlier;
        isAssumed = true;
    }

    /** Whether nothing is assumed, or not any more. */
    public boolean isConfirmed() {
        return !isAssumed;
    }

    /** Forgets what was assumed, and what came of it; false where it is confirmed. */
    public boolean forgetAssumed() {
        if (!isAssumed) {
            return false;
        }
        synchronized (holding) {
            holdings = null;
        }
        ways.clear();
        consentVersion = UNREAD;
        isAssumed = false;
        return true;
    }

    /** What is known of it for the audit log. */
    public AccessRecord record() {
        return record;
    }
}
