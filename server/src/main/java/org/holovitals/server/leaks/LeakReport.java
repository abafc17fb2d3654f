package org.holovitals.server.leaks;

import java.util.List;
import java.util.Map;

/**
 * What was found.
 *
 * @param cases how many cases were run
 * @param requests how many requests were sent for them, with those that made and removed the records
 * @param types how many resource types they were about
 * @param shown for each caller, in how many answers something was that the caller may see
 * @param leaks what came through
 */
public record LeakReport(int cases, int requests, int types, Map<String, Integer> shown, List<Leak> leaks) {

    /**
     * One answer that told too much.
     *
     * @param request method and path
     * @param reason what was wrong with the answer
     */
    public record Leak(String caller, String request, String reason) {}
}
