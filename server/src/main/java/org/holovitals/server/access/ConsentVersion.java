package org.holovitals.server.access;

/**
 * How often what patients let a user see has changed: a number that each of his requests reads, so that what is remembered of
 * consents is never older than the request. A statement that a request needs anyway may read it on the way.
 */
public final class ConsentVersion {
    private ConsentVersion() {}

    /**
     * As a column of a statement. It has two parts, what changed for him and what changed for everybody. Both only grow, so their
     * sum is the same only if nothing has changed.
     *
     * @param user SQL of his row in users, such as a parameter
     */
    public static String of(String user) {
        return "(select coalesce(sum(v.version), 0)::bigint from holovitals.consent_versions v where v.id in (" + user
                + ", '00000000-0000-0000-0000-000000000000'))";
    }
}
