package org.holovitals.server.egress;

import java.time.Clock;
import java.time.Duration;
import org.holovitals.server.alerts.Alerts;
import org.holovitals.server.audit.AuditLogs;
import org.holovitals.server.base.Ids;
import org.holovitals.server.base.Repetition;
import org.holovitals.server.costs.Charges;
import org.holovitals.server.costs.ChatbotCosts;
import org.holovitals.server.costs.ModelPrices;
import org.holovitals.server.costs.Quotas;
import org.holovitals.server.database.RowAccess;
import org.holovitals.server.models.ModelCalls;
import org.holovitals.server.users.PatientKeys;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class EgressConfiguration {
    private static final Duration REAPING_INTERVAL = Duration.ofMinutes(1);
    private static final Repetition.Words REAPING = Repetition.Words.of(
            LoggerFactory.getLogger(LostCalls.class),
            "Calls that were lost cannot be settled",
            "Calls that were lost are settled again");

    @Bean
    EgressChoices egressChoices(JdbcClient jdbc, PatientKeys keys, Ids ids, Clock clock) {
        return new EgressChoices(jdbc, keys, ids, clock);
    }

    @Bean
    Interactions interactions(JdbcClient jdbc) {
        return new Interactions(jdbc);
    }

    @Bean
    Departures departures(
            ModelCalls calls,
            Quotas quotas,
            AuditLogs logs,
            Alerts alerts,
            PlatformTransactionManager transactions,
            Clock clock) {
        return new Departures(
                calls, quotas, new Departures.News(logs, alerts), new TransactionTemplate(transactions), clock);
    }

    @Bean
    LostCalls lostCalls(
            ModelCalls calls,
            Quotas quotas,
            Charges charges,
            ChatbotCosts costs,
            PlatformTransactionManager transactions) {
        return new LostCalls(calls, quotas, charges, costs, new TransactionTemplate(transactions));
    }

    @Bean(destroyMethod = "close")
    @ConditionalOnWebApplication
    Repetition lostCallsReaping(LostCalls lost) {
        return new Repetition("lost-calls", lost::endOverdue, REAPING, REAPING_INTERVAL).startAfter(REAPING_INTERVAL);
    }

    @Bean
    Gateway.Money egressMoney(ModelPrices prices, Charges charges, Quotas quotas, LostCalls lost) {
        return new Gateway.Money(prices, charges, quotas, lost);
    }

    @Bean
    Gateway gateway(
            JdbcClient jdbc,
            RowAccess access,
            EgressChoices choices,
            Departures departures,
            Gateway.Money money,
            ModelCalls calls,
            Ids ids,
            Clock clock) {
        return new Gateway(
                new RecordIdentifiers(jdbc, access), choices, departures, money, new Gateway.Making(calls, ids, clock));
    }
}
