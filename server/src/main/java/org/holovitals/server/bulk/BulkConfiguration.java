package org.holovitals.server.bulk;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.searchparam.MatchUrlService;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.util.Map;
import org.holovitals.server.access.RevokedTokens;
import org.holovitals.server.audit.AuditLogs;
import org.holovitals.server.base.Ids;
import org.holovitals.server.exporting.Exporter;
import org.holovitals.server.fhir.OutcomeWriter;
import org.holovitals.server.importing.Importer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Where clients can ask for it; commands on the machine export and import by themselves. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
@EnableConfigurationProperties({BulkSettings.class, RemoteSettings.class})
class BulkConfiguration {

    @Bean
    BulkJobs bulkJobs(JdbcClient jdbc, Clock clock) {
        return new BulkJobs(jdbc, clock);
    }

    @Bean
    BulkFiles bulkFiles(JdbcClient jdbc, Ids ids, Clock clock) {
        return new BulkFiles(jdbc, ids, clock);
    }

    @Bean
    BulkDirectory bulkDirectory(BulkSettings settings) {
        return new BulkDirectory(settings.directory(), settings.minFree().toBytes());
    }

    @Bean
    PatientLists patientLists(JdbcClient jdbc) {
        return new PatientLists(jdbc);
    }

    @Bean
    TypeFilters typeFilters(FhirContext fhir, @Lazy DaoRegistry daos, MatchUrlService searches) {
        return new TypeFilters(fhir, daos, searches);
    }

    @Bean
    JobEnds jobEnds(
            BulkJobs jobs,
            BulkFiles files,
            BulkDirectory directory,
            AuditLogs logs,
            PlatformTransactionManager transactions,
            BulkSettings settings,
            Clock clock) {
        JobEnds.Commit commit = new JobEnds.Commit(new TransactionTemplate(transactions), settings.lifetime());
        return new JobEnds(jobs, files, directory, new JobLog(logs, clock), commit);
    }

    @Bean
    ExportWork exportWork(
            Exporter exporter,
            ExportWork.Sources sources,
            BulkDirectory directory,
            BulkSettings settings,
            JobEnds ends) {
        return new ExportWork(exporter, sources, directory, settings.file(), ends);
    }

    @Bean
    ExportWork.Sources exportSources(
            FhirContext fhir, ObjectMapper json, TypeFilters filters, PatientLists lists, RevokedTokens revoked) {
        return new ExportWork.Sources(fhir, json, filters, lists, revoked);
    }

    @Bean
    ImportWork importWork(
            ObjectProvider<Importer> importer,
            RemoteSettings remote,
            BulkDirectory directory,
            BulkSettings settings,
            FhirContext fhir,
            ObjectMapper json,
            JobEnds ends) {
        ImportWork.Words words = new ImportWork.Words(json, new OutcomeLines(fhir), settings.file());
        return new ImportWork(importer::getObject, new Downloads(remote), directory, words, ends);
    }

    @Bean(destroyMethod = "close")
    JobRunner jobRunner(BulkJobs jobs, ExportWork exports, ImportWork imports, JobEnds ends, BulkSettings settings) {
        return new JobRunner(
                        jobs,
                        Map.of(BulkJob.Kind.EXPORT, exports, BulkJob.Kind.IMPORT, imports),
                        ends,
                        settings.workers())
                .start();
    }

    @Bean
    JobStarts.Tools jobTools(Ids ids, Clock clock, ObjectMapper json, FhirContext fhir) {
        return new JobStarts.Tools(ids, clock, json, new OutcomeWriter(fhir));
    }

    @Bean
    BulkOperations bulkOperations(
            JobStarts.Tools tools,
            BulkJobs jobs,
            BulkFiles files,
            BulkDirectory directory,
            JobRunner runner,
            BulkSettings settings,
            RemoteSettings remote,
            ExportWork.Sources sources) {
        JobStarts starts = new JobStarts(jobs, directory, settings.open(), runner, tools);
        ExportTasks tasks = new ExportTasks(sources.fhir(), sources.filters(), sources.lists());
        return new BulkOperations(
                new ExportStarts(tasks, sources.lists(), starts),
                new ImportStarts(sources.fhir(), remote, starts),
                new JobAnswers(jobs, files, directory, tools));
    }
}
