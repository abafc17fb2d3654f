package org.holovitals.server.context;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * What an analysis comes to, before it is begun.
 *
 * @param price of the model that it is for
 * @param inputTokens that the model reads in all parts
 * @param outputTokens that it may write
 * @param cost of both
 * @param time that a worker needs, without waiting for one
 * @param window tokens of a text that a part holds at the most
 * @param splits how many parts there are
 */
public record Estimate(
        ModelPrice price,
        long inputTokens,
        long outputTokens,
        BigDecimal cost,
        Duration time,
        long window,
        int splits) {}
