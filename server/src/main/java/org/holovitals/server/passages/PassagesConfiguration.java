package org.holovitals.server.passages;

import java.io.IOException;
import java.time.Clock;
import org.holovitals.server.base.Ids;
import org.holovitals.server.documents.DocumentTexts;
import org.holovitals.server.vault.Vault;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The search in documents, where there are callers. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
@EnableConfigurationProperties(PassageSettings.class)
class PassagesConfiguration {

    /** Read when it is first needed. */
    @Bean
    @Lazy
    Wordpiece passagePieces() throws IOException {
        return OnnxEmbedder.pieces();
    }

    @Bean
    Embedder passageEmbedder(PassageSettings settings, ObjectProvider<Wordpiece> pieces) {
        return settings.vectors() ? OnnxEmbedder.lazy(pieces::getObject) : Embedder.NONE;
    }

    @Bean
    Passages passages(JdbcClient jdbc) {
        return new Passages(jdbc);
    }

    @Bean
    PassageSearch passageSearch(DocumentTexts documents, Passages rows, Vault vault, Embedder embedder) {
        return new PassageSearch(documents, rows, new PassageSealing(vault), embedder);
    }

    @Bean
    Indexing.Keeping passageKeeping(
            Passages rows, Vault vault, PlatformTransactionManager transactions, Ids ids, Clock clock) {
        return new Indexing.Keeping(rows, new PassageSealing(vault), new TransactionTemplate(transactions), ids, clock);
    }

    @Bean
    IndexQueue passageQueue(JdbcClient jdbc) {
        return new IndexQueue(jdbc);
    }

    @Bean
    Indexing passageIndexing(
            IndexQueue queue,
            DocumentTexts documents,
            ObjectProvider<Wordpiece> pieces,
            Embedder embedder,
            Indexing.Keeping keeping) {
        return new Indexing(queue, documents, new Chunker(pieces::getObject), embedder, keeping);
    }

    @Bean(destroyMethod = "close")
    Indexers passageIndexers(Indexing indexing, PassageSettings settings) {
        return new Indexers(indexing, settings);
    }
}
