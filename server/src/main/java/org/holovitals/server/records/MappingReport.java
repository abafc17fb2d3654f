package org.holovitals.server.records;

import java.time.Instant;
import java.util.SortedMap;

/**
 * What the typed tables cannot hold of the stored resources; no values, only counts.
 *
 * @param asOf when the counting ended
 * @param resources how many resources were looked at
 * @param tables by table: its resources, and for each path that is lost the number of resources that have it
 */
public record MappingReport(Instant asOf, long resources, SortedMap<String, TableReport> tables) {

    /**
     * One table.
     *
     * @param resources resources that have rows in it
     * @param losses by path, such as {@code Condition.stage.summary}
     */
    public record TableReport(long resources, SortedMap<String, Long> losses) {}
}
