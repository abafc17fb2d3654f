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

    /** The {@link ConsentVersion} of the caller, if a statement of this call has read it. */
    public OptionalLong consentVersion() {
        long read = consentVersion;
        return read == UNREAD ? OptionalLong.empty() : OptionalLong.of(read);
    }

    /** Says what a statement of this call read, before anybody asked what consents let the caller do. */
    public void consentVersion(long read) {
        consentVersion = read;
    }

    /** What is known of it for the audit log. */
    public AccessRecord record() {
        return record;
    }
}
