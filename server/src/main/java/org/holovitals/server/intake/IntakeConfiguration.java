package org.holovitals.server.intake;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Meta;
import org.holovitals.server.access.RecordReach;
import org.holovitals.server.access.RecordWrites;
import org.holovitals.server.access.VisibleRecords;
import org.holovitals.server.base.Ids;
import org.holovitals.server.base.Repetition;
import org.holovitals.server.users.PatientKeys;
import org.holovitals.server.vault.Vault;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** For callers of the web server, and for an operator's command. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(IntakeSettings.class)
class IntakeConfiguration {
    private static final Duration SWEEP = Duration.ofMinutes(10);

    /** No file is read for longer than this. */
    private static final Duration OLD = Duration.ofHours(6);

    private static final Repetition.Words SWEEPING = Repetition.Words.of(
            LoggerFactory.getLogger(Intake.class),
            "Imports that nobody answered cannot be dropped",
            "Imports that nobody answered are dropped again");

    @Bean
    Imports imports(JdbcClient jdbc, Clock clock) {
        return new Imports(jdbc, clock);
    }

    @Bean
    ImportEntries importEntries(JdbcClient jdbc, Clock clock) {
        return new ImportEntries(jdbc, clock);
    }

    @Bean
    Sealing intakeSealing(Vault vault, ObjectMapper json) {
        return new Sealing(vault, json);
    }

    @Bean
    Preparation.Access intakeAccess(FhirContext fhir, RecordReach reach, RecordWrites writes) {
        return new Preparation.Access(fhir, reach, writes);
    }

    @Bean
    Preparation intakePreparation(
            ImportEntries entries,
            JdbcClient jdbc,
            Sealing sealing,
            Preparation.Access access,
            IntakeSettings settings) {
        return new Preparation(entries, new StoredRecord(jdbc), sealing, access, settings.chunk());
    }

    @Bean
    Intake.Making intakeMaking(Sealing sealing, Ids ids, Clock clock, IntakeSettings settings) {
        return new Intake.Making(sealing, ids, clock, settings);
    }

    @Bean
    Intake.Tables intakeTables(
            PatientKeys keys,
            Imports imports,
            ImportEntries entries,
            JdbcClient jdbc,
            VisibleRecords visible,
            PlatformTransactionManager transactions) {
        return new Intake.Tables(
                keys, imports, entries, new StoredRecord(jdbc), visible, new TransactionTemplate(transactions));
    }

    @Bean
    SourceFiles intakeFiles(FhirContext fhir, IntakeSettings settings) {
        long limit = settings.maxInflated().toBytes();
        FhirFiles resources = new FhirFiles(fhir, limit);
        HealthCards cards = new HealthCards(settings.healthCardIssuers(), resources);
        HealthExports exports =
                new HealthExports(fhir, resources, settings.maxHealthExport().toBytes(), settings.maxResources() / 2);
        return new SourceFiles(resources, new CdaFiles(fhir), cards, exports, limit);
    }

    @Bean
    Intake intake(Intake.Tables tables, Preparation preparation, SourceFiles files, Intake.Making making) {
        return new Intake(tables, preparation, files, making);
    }

    @Bean
    RecordWriter intakeRecord(FhirContext fhir, @Lazy DaoRegistry daos, @Lazy IFhirSystemDao<Bundle, Meta> system) {
        return new RecordWriter(fhir, daos, system);
    }

    @Bean
    Desk.Work intakeWork(Intake.Tables tables, RecordWriter record, Sealing sealing, Clock clock) {
        Commit commit = new Commit(
                tables.imports(),
                tables.entries(),
                tables.stored(),
                new Commit.Writing(record, sealing, clock),
                tables.transactions());
        Undo undo = new Undo(tables.imports(), tables.entries(), tables.stored(), record, tables.transactions());
        return new Desk.Work(commit, undo);
    }

    @Bean
    Desk intakeDesk(Intake.Tables tables, RecordWrites writes, Sealing sealing, Desk.Work work, Intake.Making making) {
        return new Desk(
                new Desk.Tables(tables.imports(), tables.entries(), tables.transactions()),
                writes,
                sealing,
                work,
                new Desk.Pace(making.clock(), making.settings()));
    }

    @Bean
    OperatorImports operatorImports(Intake intake, Desk desk, Intake.Tables tables) {
        return new OperatorImports(intake, desk, tables.imports(), tables.entries());
    }

    @Bean(destroyMethod = "close")
    @ConditionalOnWebApplication
    Repetition intakeSweep(Imports imports, IntakeSettings settings, Clock clock) {
        return new Repetition("intake-sweep", () -> sweep(imports, settings, clock), SWEEPING, SWEEP).start();
    }

    private static void sweep(Imports imports, IntakeSettings settings, Clock clock) {
        imports.expire();
        try {
            HiddenFile.sweep(settings.directory(), clock.instant().minus(OLD));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
