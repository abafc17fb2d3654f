package org.holovitals.server.costs;

import java.time.Clock;
import org.holovitals.server.alerts.Alerts;
import org.holovitals.server.base.Ids;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CostSettings.class)
class CostsConfiguration {

    @Bean
    ModelPrices modelPrices(JdbcClient jdbc, Ids ids, Clock clock) {
        return new ModelPrices(jdbc, ids, clock);
    }

    @Bean
    Charges charges(ModelPrices prices, Alerts alerts, CostSettings settings, Clock clock) {
        return new Charges(prices, alerts, settings, clock);
    }

    @Bean
    Quotas quotas(JdbcClient jdbc, Ids ids, CostSettings settings, Clock clock) {
        return new Quotas(jdbc, ids, settings, clock);
    }

    @Bean
    AnalysisCosts analysisCosts(JdbcClient jdbc, Ids ids, Clock clock) {
        return new AnalysisCosts(jdbc, ids, clock);
    }

    @Bean
    ChatbotCosts chatbotCosts(JdbcClient jdbc, Ids ids, Clock clock, Charges charges) {
        return new ChatbotCosts(jdbc, ids, clock, charges);
    }

    @Bean
    CostReports costReports(JdbcClient jdbc) {
        return new CostReports(jdbc);
    }

    /** A server knows the prices of its own list from its first start on. */
    @Bean
    @ConditionalOnWebApplication
    ApplicationRunner shippedPrices(ModelPrices prices) {
        return arguments -> prices.addShipped();
    }
}
