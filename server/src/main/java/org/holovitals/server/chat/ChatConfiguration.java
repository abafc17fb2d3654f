package org.holovitals.server.chat;

import org.holovitals.server.access.RecordReach;
import org.holovitals.server.analyses.AnalysisDesk;
import org.holovitals.server.costs.ChatbotCosts;
import org.holovitals.server.egress.Gateway;
import org.holovitals.server.egress.Interactions;
import org.holovitals.server.finder.CitationCheck;
import org.holovitals.server.finder.Finder;
import org.holovitals.server.models.Models;
import org.holovitals.server.users.PatientKeys;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Conversations, where there are callers. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
@EnableConfigurationProperties(ChatSettings.class)
class ChatConfiguration {

    @Bean
    Shelf.Tables chatTables(PatientKeys keys, JdbcClient jdbc, Interactions interactions) {
        return new Shelf.Tables(
                keys, new Conversations(jdbc), new Messages(jdbc), new EscalatedMessages(jdbc), interactions);
    }

    @Bean
    Generating generating(
            Gateway gateway, Finder finder, CitationCheck check, Interactions interactions, Shelf.Making making) {
        return new Generating(
                gateway,
                finder,
                check,
                interactions,
                new Generating.Tools(making.sealing(), making.ids(), making.clock()));
    }

    @Bean
    Asking.Readers readers(Finder finder, Generating generating, Models models) {
        return new Asking.Readers(finder, generating, models);
    }

    @Bean
    Reached chatReached(RecordReach reach, Shelf.Tables tables) {
        return new Reached(reach, tables.conversations());
    }

    @Bean
    Shelf shelf(
            Shelf.Tables tables,
            Reached reached,
            Shelf.Making making,
            CitationCheck check,
            Finder finder,
            PlatformTransactionManager transactions) {
        return new Shelf(
                tables,
                reached,
                new Reader(making.sealing(), check, finder, tables.escalated()),
                new TransactionTemplate(transactions),
                making);
    }

    @Bean
    Answers answers(
            Shelf.Tables tables,
            ChatbotCosts costs,
            Generating generating,
            Shelf.Making making,
            PlatformTransactionManager transactions) {
        return new Answers(tables, costs, generating, making, new TransactionTemplate(transactions));
    }

    @Bean
    Asking asking(
            Reached reached,
            Answers answers,
            Asking.Readers readers,
            JdbcClient jdbc,
            Shelf.Making making,
            ChatSettings settings) {
        Admission admission = new Admission(new Questions(jdbc), making.ids(), settings.messagesPerMinute());
        return new Asking(reached, answers, readers, admission, making.ids());
    }

    @Bean
    Escalations escalations(Reached reached, Shelf.Tables tables, Shelf.Making making, AnalysisDesk desk) {
        return new Escalations(reached, tables.escalated(), making.sealing(), desk);
    }
}
