package org.holovitals.server.costs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.holovitals.server.ServerTest;
import org.holovitals.server.TestIssuer;
import org.holovitals.server.costs.CostReports.By;
import org.holovitals.server.costs.CostReports.Days;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

final class CostsTest extends ServerTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final LocalDate FIRST = LocalDate.of(2019, 1, 1);
    private static final int DAYS = 5;

    private final JdbcClient jdbc;
    private final ModelPrices prices;
    private final Charges charges;
    private final Quotas quotas;
    private final CostReports reports;
    private final TransactionTemplate transactions;

    @Autowired
    CostsTest(
            JdbcClient jdbc,
            ModelPrices prices,
            Charges charges,
            Quotas quotas,
            CostReports reports,
            PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.prices = prices;
        this.charges = charges;
        this.quotas = quotas;
        this.reports = reports;
        this.transactions = new TransactionTemplate(transactions);
    }

    private UUID user(String subject) {
        UUID id = UUID.randomUUID();
        jdbc.sql("insert into holovitals.users (id, subject, email) values (?, ?, ?)")
                .params(id, subject, subject + "@costs.test")
                .update();
        return id;
    }

    @Test
    void theShippedPricesAreThereOnceAndLaterOnesTakeTheirPlace() {
        prices.addShipped();
        assertThat(prices.addShipped()).isZero();
        assertThat(prices.of("openai", "gpt-4-turbo").orElseThrow().price().cost(1_000, 100))
                .isEqualTo(new BigDecimal("0.01300000"));
        String model = "m-" + UUID.randomUUID();
        assertThat(prices.of("test", model)).isEmpty();
        price(model, "2020-01-01", "1.00000001");
        price(model, "2021-01-01", "2.00000001");
        price(model, "2999-01-01", "3");
        assertThat(prices.of("test", model).orElseThrow().price().inputPrice()).isEqualByComparingTo("2.00000001");
    }

    private void price(String model, String from, String amount) {
        jdbc.sql("""
                        insert into holovitals.model_prices (id, provider, model, valid_from, context_window, output_limit,
                          input_price, output_price, source)
                        values (?, 'test', ?, ?::timestamptz, 1000, 100, ?::numeric, ?::numeric, 'test')
                        """)
                .params(UUID.randomUUID(), model, from + "T00:00:00Z", amount, amount)
                .update();
    }

    @Test
    void aModelWithoutAPriceCostsAnUnknownAmountAndRaisesAnAlert() {
        String model = "unknown-" + UUID.randomUUID();
        Charge charge = transactions.execute(status -> charges.of("nobody", model, 1_000, 1_000));
        assertThat(charge).isEqualTo(new Charge(null, "USD", null));
        transactions.executeWithoutResult(status -> charges.of("nobody", model, 1, 1));
        assertThat(jdbc.sql("""
                                select action, severity, occurrences from holovitals.security_alerts
                                where details ->> 'model' = ?
                                """).param(model).query().listOfRows())
                .containsExactly(Map.of("action", "model-without-price", "severity", "medium", "occurrences", 2));
    }

    /** Eight at a time want what only some can have; whatever the order, what was kept is under the limit. */
    @Test
    void noRaceKeepsMoreThanTheLimit() throws Exception {
        UUID user = user("race-" + UUID.randomUUID());
        quotas.limit(user, new BigDecimal("1.00000007"), 1_000_000, user);
        ExecutorService callers = Executors.newFixedThreadPool(8);
        List<Future<Optional<UUID>>> kept = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            Callable<Optional<UUID>> reserve = () -> quotas.reserve(user, new BigDecimal("0.10000001"), 10);
            kept.add(callers.submit(reserve));
        }
        List<UUID> reservations = new ArrayList<>();
        for (Future<Optional<UUID>> each : kept) {
            each.get().ifPresent(reservations::add);
        }
        callers.shutdown();
        // Ten would be 1.00000010.
        assertThat(reservations).hasSize(9);
        assertThat(quotas.standing(user).usedCost()).isEqualByComparingTo("0.90000009");

        assertThat(quotas.settle(reservations.get(0), new BigDecimal("0.00000001"), 3))
                .isTrue();
        assertThat(quotas.settle(reservations.get(0), BigDecimal.TEN, 3)).isFalse();
        assertThat(quotas.release(reservations.get(1))).isTrue();
        assertThat(quotas.standing(user).usedCost()).isEqualByComparingTo("0.70000008");
        assertThat(quotas.standing(user).usedTokens()).isEqualTo(73);
        assertThat(quotas.reserve(user, new BigDecimal("0.3"), 1)).isEmpty();
        assertThat(quotas.reserve(user, null, 1_000_000)).isEmpty();
        assertThat(quotas.reserve(user, null, 1_000)).isPresent();
    }

    /** Random rows of two users, two kinds and three models, some without a price, and of machines. */
    @Test
    void reportsAreTheSumsOfTheRowsToTheLastDecimal() {
        for (long seed = 1; seed <= 5; seed++) {
            Random random = new Random(seed);
            LocalDate first = FIRST.plusDays(10 * seed);
            List<UUID> users = List.of(user("a" + UUID.randomUUID()), user("b" + UUID.randomUUID()));
            Map<String, BigDecimal> byModel = new TreeMap<>();
            Map<String, BigDecimal> byDay = new TreeMap<>();
            Map<String, BigDecimal> byUser = new TreeMap<>();
            for (int i = 0; i < 60; i++) {
                UUID user = users.get(random.nextInt(2));
                String model = "model-" + random.nextInt(3);
                LocalDate day = first.plusDays(random.nextInt(DAYS));
                BigDecimal cost =
                        random.nextInt(5) == 0 ? null : BigDecimal.valueOf(random.nextLong(1_000_000_000_000L), 8);
                if (random.nextBoolean()) {
                    add(user, model, day, cost);
                } else {
                    addAnalysis(user, model, day, cost, random);
                }
                BigDecimal known = cost == null ? BigDecimal.ZERO : cost;
                byModel.merge(model, known, BigDecimal::add);
                byDay.merge(day.toString(), known, BigDecimal::add);
                byUser.merge(user.toString(), known, BigDecimal::add);
            }
            Days days = new Days(first, first.plusDays(DAYS - 1));
            assertSums(reports.of(null, By.MODEL, days), byModel);
            assertSums(reports.of(null, By.DAY, days), byDay);
            assertSums(reports.of(null, By.USER, days), byUser);
            for (UUID user : users) {
                assertThat(reports.of(user, By.DAY, days).stream()
                                .map(line -> new BigDecimal(line.cost()))
                                .reduce(BigDecimal.ZERO, BigDecimal::add))
                        .isEqualByComparingTo(byUser.get(user.toString()));
            }
            assertThat(reports.of(null, By.DAY, days).stream()
                            .mapToLong(CostReports.Line::requests)
                            .sum())
                    .isEqualTo(60);
            assertInstances(days, random);
        }
    }

    /** The first or last millisecond of a day of UTC, which is another day here. */
    private void add(UUID user, String model, LocalDate day, @Nullable BigDecimal cost) {
        jdbc.sql("""
                        insert into holovitals.chatbot_costs (id, user_id, timestamp, input_tokens, output_tokens, total_tokens,
                          cost, model)
                        values (?, ?, ?, 10, 5, 15, ?::numeric, ?)
                        """)
                .param(UUID.randomUUID())
                .param(user)
                .param((user.hashCode() % 2 == 0
                                ? day.atStartOfDay()
                                : day.plusDays(1).atStartOfDay().minusNanos(1_000_000))
                        .atOffset(ZoneOffset.UTC))
                .param(cost)
                .param(model)
                .update();
    }

    /** A cost is that of the model and of machines. */
    private void addAnalysis(UUID user, String model, LocalDate day, @Nullable BigDecimal cost, Random random) {
        UUID task = UUID.randomUUID();
        jdbc.sql("""
                        insert into holovitals.analysis_queue (id, user_id, type, priority, prompt, consent_snapshot, status, due_at, turn)
                        values (?, ?, 'complex_query', 3, 'sealed', '{}', 'failed', now(), 0)
                        """).params(task, user).update();
        BigDecimal machine = cost == null
                ? BigDecimal.ONE
                : BigDecimal.valueOf(random.nextLong(cost.unscaledValue().longValue() + 1), 8);
        jdbc.sql("""
                        insert into holovitals.analysis_costs (id, user_id, task_id, timestamp, input_tokens, output_tokens,
                          total_tokens, model_cost, infrastructure_cost, total_cost, model)
                        values (?, ?, ?, ?, 10, 5, 15, ?::numeric, ?, ?::numeric, ?)
                        """)
                .param(UUID.randomUUID())
                .param(user)
                .param(task)
                .param(day.atTime(12, 0).atOffset(ZoneOffset.UTC))
                .param(cost == null ? null : cost.subtract(machine))
                .param(machine)
                .param(cost)
                .param(model)
                .update();
    }

    private void assertInstances(Days days, Random random) {
        Map<String, BigDecimal> expected = new TreeMap<>();
        for (int i = 0; i < 10; i++) {
            UUID instance = UUID.randomUUID();
            BigDecimal cost = BigDecimal.valueOf(random.nextLong(1_000_000_000_000L), 8);
            OffsetDateTime at =
                    days.from().plusDays(random.nextInt(DAYS)).atTime(23, 59).atOffset(ZoneOffset.UTC);
            jdbc.sql("""
                            insert into holovitals.cloud_instances (id, provider, instance_type, status, terminate_after,
                              cost_per_minute, total_cost, idempotency_key, tag, created_at)
                            values (?, 'test', '1g', 'terminated', ?, 1, ?, ?, 'test', ?)
                            """).params(instance, at, cost, instance.toString(), at).update();
            jdbc.sql("""
                            insert into holovitals.instance_costs (id, instance_id, provider, instance_type, cost_per_minute,
                              total_cost, created_at)
                            values (?, ?, 'test', '1g', 1, ?, ?)
                            """).params(UUID.randomUUID(), instance, cost, at).update();
            expected.put(instance.toString(), cost);
        }
        assertSums(reports.ofInstances(days), expected);
    }

    private static void assertSums(List<CostReports.Line> lines, Map<String, BigDecimal> expected) {
        Map<String, BigDecimal> sums = new TreeMap<>();
        lines.forEach(line -> sums.put(line.key(), new BigDecimal(line.cost())));
        assertThat(sums.keySet()).isEqualTo(expected.keySet());
        expected.forEach((key, sum) -> assertThat(sums.get(key)).isEqualByComparingTo(sum));
    }

    @Test
    void usersSeeTheirOwnCostsAndAdministratorsEverybodys() throws IOException {
        String subject = "costs-" + UUID.randomUUID();
        UUID user = user(subject);
        add(user, "model-1", FIRST, new BigDecimal("0.00000001"));
        String own = TestIssuer.token(claims -> claims.subject(subject)
                .claim("sid", "s")
                .claim("scope", "user/*.rs")
                .claim("realm_access", Map.of("roles", List.of("clinician"))));
        String admin = TestIssuer.user("admin", "user/*.rs");
        String days = "from=2019-01-01&to=2019-01-02";
        assertThat(get(own, "/api/costs?by=model&" + days).at("/lines")).isEqualTo(JSON.readTree("""
                        [{"key":"model-1","currency":"USD","requests":1,"inputTokens":10,"outputTokens":5,"cost":"0.00000001",
                          "withoutPrice":0}]
                        """));
        assertThat(get(admin, "/api/costs/report?by=user&" + days).toString()).contains(user.toString());
        assertThat(get(admin, "/api/costs/prices").toString()).contains("gpt-4-turbo");
        assertThat(status(own, "/api/costs?by=user&" + days)).isEqualTo(400);
        assertThat(status(own, "/api/costs?from=2020-01-02&to=2020-01-01")).isEqualTo(400);

        HttpResponse<String> set = sendAs(
                admin,
                HttpRequest.newBuilder(uri("/api/costs/limits/" + user))
                        .header("Content-Type", "application/json")
                        .PUT(HttpRequest.BodyPublishers.ofString("{\"cost\":0.25,\"tokens\":100}")));
        assertThat(set.statusCode()).as(set.body()).isEqualTo(204);
        assertThat(get(own, "/api/costs/quota").at("/limit").asText()).isEqualTo("0.25000000");
        assertThat(quotas.reserve(user, new BigDecimal("0.26"), 1)).isEmpty();
        assertThat(get(admin, "/api/costs/limits/" + user).at("/limit").asText())
                .isEqualTo("0.25000000");
        assertThat(get(admin, "/api/costs/limits"))
                .anySatisfy(limit -> assertThat(limit.get("user").asText()).isEqualTo(user.toString()));
        assertThat(status(admin, "/api/costs/limits/" + UUID.randomUUID())).isEqualTo(404);
    }

    @Test
    void administratorsAddAPriceThatCountsFromADayAndChangeNone() {
        String model = "priced-" + UUID.randomUUID();
        String price = "{\"provider\":\"test\",\"model\":\"" + model
                + "\",\"validFrom\":\"2026-01-01T00:00:00Z\",\"contextWindow\":1000,\"outputLimit\":100,"
                + "\"input\":2.50000001,\"output\":10,\"source\":\"contract 17\"}";
        assertThat(addPrice(price)).isEqualTo(201);
        assertThat(addPrice(price)).isEqualTo(409);
        assertThat(addPrice(price.replace("2.50000001", "-1"))).isEqualTo(400);
        assertThat(addPrice(price.replace("\"contract 17\"", "\"\""))).isEqualTo(400);
        assertThat(prices.of("test", model).orElseThrow().price().inputPrice()).isEqualByComparingTo("2.50000001");
        assertThat(charges.of("test", model, 1_000_000, 0).cost()).isEqualByComparingTo("2.50000001");
    }

    private int addPrice(String body) {
        return sendAs(
                        TestIssuer.user("admin", "user/*.cruds"),
                        HttpRequest.newBuilder(uri("/api/costs/prices"))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body)))
                .statusCode();
    }

    private URI uri(String path) {
        return URI.create(base().replace("/fhir", path));
    }

    private int status(String token, String path) {
        return sendAs(token, HttpRequest.newBuilder(uri(path))).statusCode();
    }

    private JsonNode get(String token, String path) throws IOException {
        HttpResponse<String> answer = sendAs(token, HttpRequest.newBuilder(uri(path)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }
}
