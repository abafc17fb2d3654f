package org.holovitals.server.apple;

import java.util.Map;

/** Units as Apple Health writes them. */
final class Units {
    /** Of lengths, with UCUM's codes. */
    static final Map<String, String> LENGTHS = Map.of("m", "m", "cm", "cm", "ft", "[ft_i]", "in", "[in_i]");

    private Units() {}

    /** Without the molar mass that it names, as in {@code mmol<180.15588>/L}. */
    static String plain(String unit) {
        int open = unit.indexOf('<');
        int close = unit.indexOf('>', open + 1);
        return open < 0 || close < 0 ? unit : unit.substring(0, open) + unit.substring(close + 1);
    }
}
