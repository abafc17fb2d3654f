package org.holovitals.server.documents;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import java.time.Clock;
import java.util.List;
import org.holovitals.server.access.FhirCalls;
import org.holovitals.server.access.RecordReach;
import org.holovitals.server.access.RecordWrites;
import org.holovitals.server.access.VisibleRecords;
import org.holovitals.server.alerts.Alerts;
import org.holovitals.server.base.Ids;
import org.holovitals.server.base.Repetition;
import org.holovitals.server.documents.Bringers.Bringer;
import org.holovitals.server.texts.TextReader;
import org.holovitals.server.users.PatientKeys;
import org.holovitals.server.users.Users;
import org.holovitals.server.vault.Vault;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What documents need wherever DocumentReferences are written, imports too. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({DocumentSettings.class, BlobSettings.class})
class DocumentsConfiguration {

    @Bean
    Documents documents(JdbcClient jdbc) {
        return new Documents(jdbc);
    }

    @Bean
    BlobStore blobStore(DocumentSettings settings, BlobSettings blobs, Clock clock) {
        return blobs.store(settings.directory(), clock);
    }

    @Bean
    SealedBlobs sealedBlobs(BlobStore store, Vault vault) {
        return new SealedBlobs(store, vault);
    }

    @Bean
    StoredFiles storedFiles(BlobStore store, SealedBlobs blobs, Alerts alerts) {
        return new StoredFiles(store, blobs, alerts);
    }

    @Bean
    Attachments documentAttachments(JdbcClient jdbc) {
        return new Attachments(jdbc);
    }

    @Bean
    PendingFiles.Keeping fileKeeping(
            NewDocuments.Rows rows, SealedBlobs sealed, StoredFiles files, PatientKeys keys, Clock clock) {
        return new PendingFiles.Keeping(rows.documents(), rows.attachments(), sealed, files, keys, clock);
    }

    @Bean
    NewDocuments.Rows documentRows(Documents documents, Attachments attachments) {
        return new NewDocuments.Rows(documents, attachments);
    }

    @Bean
    InlineFiles inlineFiles(DocumentSettings settings, Ids ids) {
        return new InlineFiles(settings.maxSize().toBytes(), ids);
    }

    /** Imports have no callers. */
    @Bean
    DocumentHooks documentHooks(InlineFiles inline, PendingFiles.Keeping keeping, ObjectProvider<Bringers> bringers) {
        return new DocumentHooks(inline, keeping, request -> {
            Bringers known = bringers.getIfAvailable();
            return known == null ? Bringer.SERVER : known.of(request);
        });
    }

    @Bean
    BundledBinaries bundledBinaries() {
        return new BundledBinaries();
    }

    /** Where there are callers. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication
    static class OfCallers {
        private static final Repetition.Words SWEEPING = Repetition.Words.of(
                LoggerFactory.getLogger(BlobSweep.class),
                "Files without a document cannot be swept",
                "Files without a document are swept again");

        @Bean
        DocumentReach documentReach(
                Documents documents, VisibleRecords records, RecordWrites writes, RecordReach reach, PatientKeys keys) {
            return new DocumentReach(documents, records, writes, reach, keys);
        }

        @Bean
        DocumentReferences documentReferences(DaoRegistry daos) {
            return new DocumentReferences(daos);
        }

        @Bean
        Bringers bringers(FhirCalls calls, Users users, DocumentReach reach) {
            return new Bringers(calls, users, reach);
        }

        @Bean
        BinaryWrites binaryWrites(FhirContext fhir, FhirCalls calls, DocumentReach reach, WaitingFiles waiting) {
            return new BinaryWrites(fhir, calls, reach, waiting);
        }

        @Bean
        WaitingFiles waitingFiles(
                InlineFiles inline,
                PendingFiles.Keeping keeping,
                Bringers bringers,
                PlatformTransactionManager transactions) {
            return new WaitingFiles(inline, keeping, bringers, new TransactionTemplate(transactions));
        }

        @Bean
        BundledBinaryAnswers bundledBinaryAnswers() {
            return new BundledBinaryAnswers();
        }

        @Bean
        Uploads uploads(
                NewDocuments.Rows rows,
                DocumentReferences references,
                StoredFiles files,
                DocumentReach reach,
                SealedBlobs blobs,
                PlatformTransactionManager transactions,
                Uploads.Rules rules) {
            NewDocuments made = new NewDocuments(rows, references, files, reach, new TransactionTemplate(transactions));
            return new Uploads(reach, blobs, made, rules);
        }

        @Bean
        Uploads.Rules uploadRules(DocumentSettings settings, Ids ids, Clock clock) {
            return new Uploads.Rules(settings.maxSize().toBytes(), ids, clock);
        }

        @Bean
        DocumentShelf documentShelf(
                Documents documents,
                JdbcClient jdbc,
                DocumentReferences references,
                DocumentReach reach,
                Uploads.Rules rules) {
            return new DocumentShelf(
                    documents,
                    new DocumentLinks(jdbc),
                    references,
                    reach,
                    new DocumentShelf.Making(rules.ids(), rules.clock()));
        }

        @Bean
        BinaryReads binaryReads(NewDocuments.Rows rows, DocumentReach reach, StoredFiles files, FhirCalls calls) {
            return new BinaryReads(rows, reach, files, calls);
        }

        @Bean
        Pages documentPages(JdbcClient jdbc, Vault vault, Ids ids) {
            return new Pages(new PageTexts(jdbc), new PageSealing(vault), ids);
        }

        @Bean
        DocumentTexts documentTexts(Documents documents, DocumentReach reach, JdbcClient jdbc, Vault vault) {
            return new DocumentTexts(documents, reach, new PatientTexts(jdbc, vault));
        }

        @Bean
        SharedDocuments sharedDocuments(Documents documents, DocumentReach reach, StoredFiles files) {
            return new SharedDocuments(documents, reach, files);
        }

        @Bean
        TextWork.Keeping textKeeping(
                Pages pages, List<PageListener> listeners, PlatformTransactionManager transactions, Clock clock) {
            return new TextWork.Keeping(pages, listeners, new TransactionTemplate(transactions), clock);
        }

        @Bean
        TextWork textWork(
                JdbcClient jdbc, Documents documents, StoredFiles files, TextReader reader, TextWork.Keeping keeping) {
            return new TextWork(new TextQueue(jdbc), documents, files, reader, keeping);
        }

        @Bean(destroyMethod = "close")
        TextReaders textReaders(TextWork work, DocumentSettings settings) {
            return new TextReaders(work, settings.readers(), settings.readInterval());
        }

        @Bean
        BlobSweep blobSweep(BlobStore store, NewDocuments.Rows rows, Clock clock, DocumentSettings settings) {
            return new BlobSweep(store, rows, clock, settings.sweepAge());
        }

        @Bean(destroyMethod = "close")
        Repetition blobSweeping(BlobSweep sweep, DocumentSettings settings) {
            return new Repetition("document-sweep", sweep::once, SWEEPING, settings.sweepInterval())
                    .startAfter(settings.sweepInterval());
        }
    }
}
