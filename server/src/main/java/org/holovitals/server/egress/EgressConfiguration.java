package org.holovitals.server.egress;

import java.time.Clock;
import org.holovitals.server.alerts.Alerts;
import org.holovitals.server.audit.AuditLogs;
import org.holovitals.server.base.Ids;
import org.holovitals.server.costs.Charges;
import org.holovitals.server.costs.ModelPrices;
import org.holovitals.server.costs.Quotas;
import org.holovitals.server.database.RowAccess;
import org.holovitals.server.models.ModelCalls;
import org.holovitals.server.users.PatientKeys;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class EgressConfiguration {

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
            ModelCalls calls, AuditLogs logs, Alerts alerts, PlatformTransactionManager transactions, Clock clock) {
        return new Departures(calls, logs, alerts, new TransactionTemplate(transactions), clock);
    }

    @Bean
    Gateway.Money egressMoney(ModelPrices prices, Charges charges, Quotas quotas) {
        return new Gateway.Money(prices, charges, quotas);
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
