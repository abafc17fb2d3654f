package org.holovitals.server.apple;

import java.math.BigDecimal;
import java.util.List;

/**
 * One measurement.
 *
 * @param source the device or app that made it
 * @param unit UCUM's code
 * @param values one, or of a blood pressure the systolic and the diastolic one
 */
record Reading(Measure measure, String source, String unit, Moment start, Moment end, List<BigDecimal> values) {}
