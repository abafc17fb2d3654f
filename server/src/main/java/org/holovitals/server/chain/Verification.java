package org.holovitals.server.chain;

import java.util.List;
import java.util.Optional;

/**
 * What a check of the log found.
 *
 * @param batches how many were checked
 * @param rows how many rows of them are there
 * @param removedRows how many were dropped after their time of retention
 * @param unchainedRows how many are too young to be in a batch
 * @param firstBatch number of the first batch, above 1 for a part of the log; 0 without any
 * @param lastBatch number of the last batch
 * @param findingCount how much is wrong
 * @param findings the first of what is wrong, in the order of the log
 */
public record Verification(
        long batches,
        long rows,
        long removedRows,
        long unchainedRows,
        long firstBatch,
        long lastBatch,
        long findingCount,
        List<Finding> findings) {

    /** Whether all is as it was signed. */
    public boolean isIntact() {
        return findingCount == 0;
    }

    /** The first that is wrong. */
    public Optional<Finding> first() {
        return findings.stream().findFirst();
    }
}
