package org.holovitals.server.costs;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.holovitals.server.access.CalledBy;
import org.holovitals.server.access.CalledBy.Kind;
import org.holovitals.server.access.Caller;
import org.holovitals.server.costs.CostReports.By;
import org.holovitals.server.costs.CostReports.Days;
import org.holovitals.server.costs.CostReports.Line;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.holovitals.server.users.Users;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/costs}: what answers and analyses cost, to users their own and to administrators everybody's. */
@RestController
@ConditionalOnWebApplication
final class CostsEndpoint {
    private static final int USUAL_DAYS = 30;
    private static final int MOST_DAYS = 3_660;

    private final CostReports reports;
    private final Quotas quotas;
    private final ModelPrices prices;
    private final Users users;
    private final Clock clock;

    CostsEndpoint(CostReports reports, Quotas quotas, ModelPrices prices, Users users, Clock clock) {
        this.reports = reports;
        this.quotas = quotas;
        this.prices = prices;
        this.users = users;
        this.clock = clock;
    }

    /** A report of some days of UTC, both included. */
    record Report(LocalDate from, LocalDate to, List<Line> lines) {}

    /** How a user stands today; amounts in digits. */
    record Today(LocalDate day, String currency, String limit, String used, long tokenLimit, long usedTokens) {
        static Today of(Quotas.Standing standing) {
            return new Today(
                    standing.day(),
                    standing.currency(),
                    standing.cost().toPlainString(),
                    standing.usedCost().toPlainString(),
                    standing.tokens(),
                    standing.usedTokens());
        }
    }

    /** A price, for a million tokens, in digits. */
    record Price(
            String provider,
            String model,
            long contextWindow,
            String input,
            String output,
            String currency,
            String validFrom,
            String source) {}

    @GetMapping("/api/costs")
    @CalledBy({Kind.PATIENT, Kind.CLINICIAN})
    Report own(
            @RequestParam(defaultValue = "day") String by,
            @RequestParam(required = false) @Nullable LocalDate from,
            @RequestParam(required = false) @Nullable LocalDate to,
            Caller caller) {
        caller.call().record().action("read-own-costs");
        Days days = days(from, to);
        By key = by(by);
        if (key == By.USER) {
            throw new Problem(ProblemType.INVALID_REQUEST, "by may be day or model");
        }
        return new Report(days.from(), days.to(), reports.of(users.of(caller), key, days));
    }

    @GetMapping("/api/costs/quota")
    @CalledBy({Kind.PATIENT, Kind.CLINICIAN})
    Today quota(Caller caller) {
        caller.call().record().action("read-own-quota");
        return Today.of(quotas.standing(users.of(caller)));
    }

    @GetMapping("/api/costs/report")
    @CalledBy(Kind.ADMIN)
    Report report(
            @RequestParam(defaultValue = "day") String by,
            @RequestParam(required = false) @Nullable LocalDate from,
            @RequestParam(required = false) @Nullable LocalDate to,
            Caller caller) {
        caller.call().record().action("read-costs");
        Days days = days(from, to);
        return new Report(
                days.from(),
                days.to(),
                by.equals("instance") ? reports.ofInstances(days) : reports.of(null, by(by), days));
    }

    @GetMapping("/api/costs/prices")
    @CalledBy({Kind.PATIENT, Kind.CLINICIAN, Kind.ADMIN})
    List<Price> prices(Caller caller) {
        caller.call().record().action("read-prices");
        return prices.current().stream()
                .map(priced -> new Price(
                        priced.price().provider(),
                        priced.price().model(),
                        priced.price().contextWindow(),
                        priced.price().inputPrice().toPlainString(),
                        priced.price().outputPrice().toPlainString(),
                        priced.price().currency(),
                        priced.validFrom().toString(),
                        priced.source()))
                .toList();
    }

    private static By by(String text) {
        try {
            return By.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new Problem(ProblemType.INVALID_REQUEST, "by may be day, model, user or instance");
        }
    }

    private Days days(@Nullable LocalDate from, @Nullable LocalDate to) {
        LocalDate last = to == null ? LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC) : to;
        LocalDate first = from == null ? last.minusDays(USUAL_DAYS) : from;
        if (first.isAfter(last) || first.plusDays(MOST_DAYS).isBefore(last)) {
            throw new Problem(ProblemType.INVALID_REQUEST, "from has to be before to, and at most ten years before");
        }
        return new Days(first, last);
    }
}
