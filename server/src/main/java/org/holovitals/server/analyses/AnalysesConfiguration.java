package org.holovitals.server.analyses;

import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;
import org.holovitals.server.access.Explanations;
import org.holovitals.server.access.RecordReach;
import org.holovitals.server.access.VisibleRecords;
import org.holovitals.server.alerts.Alerts;
import org.holovitals.server.analyses.TaskLeases.Worker;
import org.holovitals.server.audit.AuditLogs;
import org.holovitals.server.base.Ids;
import org.holovitals.server.costs.AnalysisCosts;
import org.holovitals.server.costs.Charges;
import org.holovitals.server.costs.ModelPrices;
import org.holovitals.server.costs.Quotas;
import org.holovitals.server.database.Pools;
import org.holovitals.server.database.RowAccess;
import org.holovitals.server.documents.PatientTexts;
import org.holovitals.server.egress.Gateway;
import org.holovitals.server.egress.Interactions;
import org.holovitals.server.models.ModelCalls;
import org.holovitals.server.models.Models;
import org.holovitals.server.notifications.Notifications;
import org.holovitals.server.users.PatientKeys;
import org.holovitals.server.users.Revocations;
import org.holovitals.server.users.Users;
import org.holovitals.server.vault.Vault;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The queue and its workers, which work where somebody starts them: the web server by itself, a command when it is told. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AnalysisSettings.class)
class AnalysesConfiguration {

    @Bean
    AnalysisQueue analysisQueue(JdbcClient jdbc) {
        return new AnalysisQueue(jdbc);
    }

    @Bean
    TaskLeases taskLeases(JdbcClient jdbc) {
        return new TaskLeases(jdbc);
    }

    @Bean
    QueueReports queueReports(JdbcClient jdbc) {
        return new QueueReports(jdbc);
    }

    @Bean
    Backlog backlog(JdbcClient jdbc) {
        return new Backlog(jdbc);
    }

    @Bean
    Acceptances acceptances(
            VisibleRecords records, Explanations scopes, Revocations revoked, Users users, Clock clock) {
        return new Acceptances(records, scopes, revoked, users, clock);
    }

    @Bean
    RecordTexts recordTexts(JdbcClient jdbc, RowAccess access, RecordReach reach) {
        return new RecordTexts(jdbc, access, reach);
    }

    @Bean
    Materials materials(RecordTexts texts, JdbcClient jdbc, Vault vault) {
        return new Materials(texts, new DocumentPages(new PatientTexts(jdbc, vault), texts));
    }

    @Bean
    Preparation.Reading reading(RecordTexts texts, Materials materials) {
        return new Preparation.Reading(texts, materials);
    }

    @Bean
    Sealing sealing(Vault vault) {
        return new Sealing(vault);
    }

    @Bean
    Analyst extracts() {
        return new Extracts();
    }

    @Bean(destroyMethod = "close")
    Wakeups wakeups(JdbcClient jdbc, Pools pools) {
        return new Wakeups(jdbc, pools);
    }

    @Bean
    Analyst modelAnalyst(
            Models models,
            Gateway gateway,
            Interactions interactions,
            Sealing sealing,
            PlatformTransactionManager transactions,
            Ids ids,
            Clock clock) {
        return new ModelAnalyst(
                models,
                gateway,
                interactions,
                new ModelAnalyst.Tools(sealing, new TransactionTemplate(transactions), ids, clock));
    }

    @Bean
    Quotes.Analysts analysts(List<Analyst> analysts, Models models, Gateway gateway) {
        return new Quotes.Analysts(analysts, models, gateway);
    }

    @Bean
    Quotes quotes(
            VisibleRecords records,
            Materials materials,
            ModelPrices prices,
            Quotes.Analysts analysts,
            ObjectProvider<MachineRate> rate) {
        return new Quotes(records, materials, prices, new Quotes.Means(analysts, () -> rate.stream()
                .map(MachineRate::perMinute)
                .findFirst()
                .orElse(BigDecimal.ZERO)));
    }

    @Bean
    AnalysisDesk analysisDesk(Quotes quotes, Submissions submissions) {
        return new AnalysisDesk(quotes, submissions);
    }

    @Bean
    Submissions submissions(
            AnalysisQueue queue, Quotes quotes, Acceptances acceptances, Sealing sealing, Submissions.Desk desk) {
        return new Submissions(queue, quotes, acceptances, sealing, desk);
    }

    @Bean
    Submissions.Desk submissionDesk(
            Quotas quotas,
            Wakeups wakeups,
            PatientKeys keys,
            Ids ids,
            AnalysisSettings settings,
            PlatformTransactionManager transactions) {
        return new Submissions.Desk(quotas, wakeups, keys, ids, settings, new TransactionTemplate(transactions));
    }

    @Bean
    Settlement settlement(
            JdbcClient jdbc, Charges charges, AnalysisCosts costs, Quotas quotas, ModelCalls calls, Clock clock) {
        return new Settlement(
                new TaskTransitions(jdbc),
                new PromptSplits(jdbc),
                new Settlement.Money(charges, costs, quotas, calls),
                clock);
    }

    @Bean
    TaskEnds.News taskNews(
            Notifications notifications,
            Alerts alerts,
            AuditLogs logs,
            Clock clock,
            ObjectProvider<TaskEndings> endings) {
        return new TaskEnds.News(
                notifications,
                alerts,
                new TaskLog(logs, clock),
                endings.stream().toList());
    }

    @Bean
    TaskEnds taskEnds(
            JdbcClient jdbc,
            Settlement settlement,
            TaskEnds.News news,
            AnalysisSettings settings,
            PlatformTransactionManager transactions) {
        return new TaskEnds(
                new TaskTransitions(jdbc),
                settlement,
                news,
                new TaskEnds.Commit(new TransactionTemplate(transactions), settings.pause()));
    }

    @Bean
    Results results(VisibleRecords records, RecordTexts texts, Sealing sealing, TaskEnds ends) {
        return new Results(records, texts, sealing, ends);
    }

    @Bean
    Preparation preparation(
            TaskLeases leases,
            Preparation.Reading reading,
            JdbcClient jdbc,
            Sealing sealing,
            TaskEnds.News news,
            Preparation.Tools tools,
            PlatformTransactionManager transactions) {
        Preparation.Tables tables = new Preparation.Tables(
                leases, new PromptOptimizations(jdbc), new PromptSplits(jdbc), new TransactionTemplate(transactions));
        return new Preparation(reading, tables, sealing, news.log(), tools);
    }

    @Bean
    Preparation.Tools preparationTools(Ids ids, Clock clock) {
        return new Preparation.Tools(ids, clock);
    }

    @Bean
    TaskWork.Keeping taskKeeping(
            TaskLeases leases,
            JdbcClient jdbc,
            Sealing sealing,
            TaskEnds ends,
            Wakeups wakeups,
            PlatformTransactionManager transactions) {
        return new TaskWork.Keeping(
                leases, new PromptSplits(jdbc), sealing, ends, wakeups, new TransactionTemplate(transactions));
    }

    @Bean
    TaskWork taskWork(
            Acceptances acceptances,
            Preparation preparation,
            Preparation.Reading reading,
            List<Analyst> analysts,
            TaskWork.Keeping keeping) {
        return new TaskWork(acceptances, preparation, reading, analysts, keeping);
    }

    @Bean(destroyMethod = "close")
    Workers analysisWorkers(
            TaskLeases leases, TaskWork work, TaskEnds ends, Wakeups wakeups, AnalysisSettings settings, Ids ids) {
        Worker worker = new Worker(ProcessHandle.current().pid() + "/" + ids.next(), settings.lease(), null);
        return new Workers(leases, new Claims(leases, worker), work, ends, new Workers.Timing(worker, wakeups));
    }

    /** Where there are callers. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication
    static class OfServer {

        @Bean
        QueueMetrics queueMetrics(QueueReports reports, Clock clock) {
            return new QueueMetrics(reports, clock);
        }

        @Bean
        ApplicationRunner analysisWork(
                Workers workers, Wakeups wakeups, AnalysisSettings settings, ObjectProvider<MachineRate> machines) {
            return arguments -> {
                wakeups.start();
                if (machines.stream().findAny().isPresent()) {
                    workers.watch();
                } else {
                    workers.start(settings.workers());
                }
            };
        }
    }
}
