package org.holovitals.server.fhir;

import ca.uhn.fhir.interceptor.model.RequestPartitionId;
import ca.uhn.fhir.jpa.model.config.PartitionSettings;
import ca.uhn.fhir.jpa.model.util.SearchParamHash;

/** The keys of HAPI's index tables, {@code hfj_spidx_token} and {@code hfj_spidx_date}. */
public final class IndexHashes {
    private static final PartitionSettings SETTINGS = new PartitionSettings();
    private static final RequestPartitionId PARTITION = RequestPartitionId.defaultPartition(SETTINGS);

    private IndexHashes() {}

    /** {@code hash_identity}: of all values of a search parameter. */
    public static long identity(String type, String parameter) {
        return SearchParamHash.hashSearchParam(SETTINGS, PARTITION, type, parameter);
    }

    /** {@code hash_value}: of a code in whatever system. */
    public static long value(String type, String parameter, String code) {
        return SearchParamHash.hashSearchParam(SETTINGS, PARTITION, type, parameter, code.trim());
    }

    /** {@code hash_sys}: of whatever code in a system. */
    public static long system(String type, String parameter, String system) {
        return SearchParamHash.hashSearchParam(SETTINGS, PARTITION, type, parameter, system.trim());
    }

    /** {@code hash_sys_and_value}: of a code in a system. */
    public static long systemAndValue(String type, String parameter, String system, String code) {
        return SearchParamHash.hashSearchParam(SETTINGS, PARTITION, type, parameter, system.trim(), code.trim());
    }
}
