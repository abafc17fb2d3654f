package org.holovitals.server.analyses;

import java.math.BigDecimal;
import java.util.Locale;
import org.holovitals.server.analyses.Quotes.Quote;
import org.holovitals.server.context.Estimate;

/**
 * What an analysis would come to.
 *
 * @param tokensBefore of the record as it is
 * @param tokensAfter of what would be read of it
 * @param tokens that the model reads and writes in all parts
 * @param cost in digits, with that of the machine
 * @param machineCost of this what a machine costs that is started for it, in digits
 * @param seconds that a worker needs, without waiting for one
 */
public record Quoted(
        String patient,
        String model,
        String provider,
        long tokensBefore,
        long tokensAfter,
        String reductionPercent,
        int parts,
        String strategy,
        long tokens,
        String cost,
        String machineCost,
        String currency,
        long seconds) {

    static Quoted of(AnalysisRequest request, Quote quote) {
        Estimate estimate = quote.estimate();
        BigDecimal machine = quote.machineCost();
        return new Quoted(
                quote.patient(),
                estimate.price().model(),
                estimate.price().provider(),
                quote.optimized().tokensBefore(),
                quote.optimized().tokensAfter(),
                quote.optimized().reductionPercent().toPlainString(),
                estimate.splits(),
                request.kind().strategy().name().toLowerCase(Locale.ROOT),
                estimate.inputTokens() + estimate.outputTokens(),
                quote.cost().toPlainString(),
                machine.toPlainString(),
                estimate.price().currency(),
                estimate.time().toSeconds());
    }
}
