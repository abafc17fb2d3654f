package org.holovitals.server.benchmark;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Medians and slopes. */
final class Numbers {
    private Numbers() {}

    /** The middle one; not a number where there is none. */
    static double median(Collection<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int size = sorted.size();
        if (size == 0) {
            return Double.NaN;
        }
        return size % 2 == 1 ? sorted.get(size / 2) : (sorted.get(size / 2 - 1) + sorted.get(size / 2)) / 2;
    }

    /** The slope of a line through the logarithms, by least squares: 0 where nothing grows, 1 where all grows alike. */
    static double logSlope(Map<Integer, Double> bySize) {
        double x = bySize.keySet().stream().mapToDouble(Math::log).average().orElse(0);
        double y = bySize.values().stream().mapToDouble(Math::log).average().orElse(0);
        double above = 0;
        double below = 0;
        for (Map.Entry<Integer, Double> point : bySize.entrySet()) {
            double dx = Math.log(point.getKey()) - x;
            above += dx * (Math.log(point.getValue()) - y);
            below += dx * dx;
        }
        return below == 0 ? Double.NaN : above / below;
    }
}
