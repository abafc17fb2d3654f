package org.holovitals.server.fhir;

import ca.uhn.fhir.batch2.jobs.config.Batch2JobsConfig;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.api.IInterceptorService;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings;
import ca.uhn.fhir.jpa.api.config.ThreadPoolFactoryConfig;
import ca.uhn.fhir.jpa.api.svc.ISearchUrlJobMaintenanceSvc;
import ca.uhn.fhir.jpa.batch2.JpaBatch2Config;
import ca.uhn.fhir.jpa.config.HapiJpaConfig;
import ca.uhn.fhir.jpa.config.r4.JpaR4Config;
import ca.uhn.fhir.jpa.config.util.HapiEntityManagerFactoryUtil;
import ca.uhn.fhir.jpa.dao.data.IResourceSearchUrlDao;
import ca.uhn.fhir.jpa.model.config.PartitionSettings;
import ca.uhn.fhir.jpa.model.dialect.HapiFhirPostgresDialect;
import ca.uhn.fhir.jpa.search.PersistedJpaBundleProviderFactory;
import ca.uhn.fhir.jpa.search.ResourceSearchUrlSvc;
import ca.uhn.fhir.jpa.search.builder.predicate.ResourceIdPredicateBuilder;
import ca.uhn.fhir.jpa.search.builder.sql.SearchQueryBuilder;
import ca.uhn.fhir.jpa.searchparam.MatchUrlService;
import ca.uhn.fhir.jpa.searchparam.extractor.ISearchParamExtractor;
import ca.uhn.fhir.jpa.subscription.channel.config.SubscriptionChannelConfig;
import ca.uhn.fhir.jpa.subscription.match.config.SubscriptionProcessorConfig;
import ca.uhn.fhir.jpa.subscription.match.config.WebsocketDispatcherConfig;
import ca.uhn.fhir.jpa.subscription.submit.config.SubscriptionSubmitterConfig;
import ca.uhn.fhir.jpa.topic.SubscriptionTopicConfig;
import ca.uhn.fhir.jpa.util.PersistenceContextProvider;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import jakarta.persistence.EntityManagerFactory;
import java.time.Clock;
import java.util.List;
import java.util.Properties;
import javax.sql.DataSource;
import org.hibernate.cfg.AvailableSettings;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Primary;
import org.springframework.context.annotation.Scope;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;

/** HAPI's own configuration classes and the few beans that it leaves to its host. JPA stays in here. */
@Configuration(proxyBeanMethods = false)
@Import({
    JpaR4Config.class,
    HapiJpaConfig.class,
    ThreadPoolFactoryConfig.class,
    JpaBatch2Config.class,
    Batch2JobsConfig.class,
    SubscriptionSubmitterConfig.class,
    SubscriptionProcessorConfig.class,
    SubscriptionChannelConfig.class,
    SubscriptionTopicConfig.class,
    WebsocketDispatcherConfig.class
})
@EnableConfigurationProperties(FhirSettings.class)
class FhirConfiguration {
    private final ObjectProvider<SubsetQueries> subsets;

    FhirConfiguration(ObjectProvider<SubsetQueries> subsets) {
        this.subsets = subsets;
    }

    @Bean
    @Primary
    LocalContainerEntityManagerFactoryBean entityManagerFactory(
            ConfigurableListableBeanFactory beans,
            FhirContext fhir,
            JpaStorageSettings storage,
            DataSource dataSource) {
        LocalContainerEntityManagerFactoryBean factory =
                HapiEntityManagerFactoryUtil.newEntityManagerFactory(beans, fhir, storage);
        factory.setPersistenceUnitName("HAPI_PU");
        factory.setDataSource(dataSource);
        factory.setJpaProperties(hibernate());
        return factory;
    }

    static Properties hibernate() {
        Properties properties = new Properties();
        properties.setProperty(AvailableSettings.DIALECT, HapiFhirPostgresDialect.class.getName());
        properties.setProperty(AvailableSettings.HBM2DDL_AUTO, "none");
        // HAPI's columns have no zone; without this they would be in the zone of whichever machine wrote them.
        properties.setProperty(AvailableSettings.JDBC_TIME_ZONE, "UTC");
        properties.setProperty(AvailableSettings.STATEMENT_BATCH_SIZE, "100");
        properties.setProperty(AvailableSettings.ORDER_INSERTS, "true");
        properties.setProperty(AvailableSettings.ORDER_UPDATES, "true");
        properties.setProperty(AvailableSettings.USE_SECOND_LEVEL_CACHE, "false");
        properties.setProperty(AvailableSettings.USE_QUERY_CACHE, "false");
        properties.setProperty("hibernate.search.enabled", "false");
        return properties;
    }

    @Bean
    @Primary
    JpaTransactionManager transactionManager(EntityManagerFactory factory) {
        return new JpaTransactionManager(factory);
    }

    /** Replaces HAPI's registry of the same name. */
    @Bean
    ISearchParamRegistry searchParamRegistry(FhirContext fhir, FhirSettings settings) {
        return new SearchParameterRegistry(new IndexedParameters(fhir, settings.searchParameters()));
    }

    /** HAPI's registry needs the reader of conditions, which needs this. */
    @Bean
    QueryCheck queryCheck(FhirContext fhir, @Lazy ISearchParamRegistry registry) {
        return new QueryCheck(fhir, registry);
    }

    /** Replaces HAPI's reader of conditions of the same name. */
    @Bean
    MatchUrlService matchUrlService(QueryCheck check) {
        return new MatchUrls(check);
    }

    @Bean
    SubsetQueries subsetQueries(
            FhirContext fhir,
            JpaStorageSettings storage,
            @Lazy ISearchParamRegistry registry,
            @Lazy MatchUrlService conditions) {
        return new SubsetQueries(fhir, storage, registry, conditions);
    }

    /** Replaces HAPI's builder of the same name, which is made anew for each search. */
    @Bean
    @Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
    ResourceIdPredicateBuilder newResourceIdPredicateBuilder(SearchQueryBuilder sql) {
        return new SubsetPredicate(sql, subsets.getObject());
    }

    /** Replaces HAPI's factory of the same name. */
    @Bean
    PersistedJpaBundleProviderFactory persistedJpaBundleProviderFactory(ObjectProvider<CutHistories> cut) {
        return new Histories(cut);
    }

    /** Replaces HAPI's record of conditions of the same name. */
    @Bean
    ResourceSearchUrlSvc resourceSearchUrlSvc(
            PersistenceContextProvider entities,
            IResourceSearchUrlDao table,
            MatchUrlService conditions,
            FhirContext fhir,
            PartitionSettings partitions) {
        return new ConditionalUrls(entities.getEntityManager(), table, conditions, fhir, partitions);
    }

    /** Replaces HAPI's job of the same name. */
    @Bean
    ISearchUrlJobMaintenanceSvc searchUrlJobMaintenanceSvc(ResourceSearchUrlSvc urls, Clock clock) {
        return new ConditionalUrlsJob(urls, clock);
    }

    /** Replaces HAPI's extractor of the same name. */
    @Bean
    ISearchParamExtractor searchParamExtractor() {
        return new SearchParameterExtractor();
    }

    @Bean
    OrValuesLimit orValuesLimit(FhirSettings settings) {
        return new OrValuesLimit(settings.maxOrValues());
    }

    @Bean
    SearchTexts searchTexts() {
        return new SearchTexts();
    }

    @Bean
    WriteConflicts writeConflicts() {
        return new WriteConflicts();
    }

    @Bean
    StoredDecimals storedDecimals(FhirContext fhir) {
        return new StoredDecimals(fhir);
    }

    @Bean
    TransactionBundles transactionBundles() {
        return new TransactionBundles();
    }

    @Bean
    UniformMeta uniformMeta() {
        return new UniformMeta();
    }

    @Bean
    SmartInitializingSingleton storageHooks(IInterceptorService interceptors, List<StorageHooks> hooks) {
        return () -> interceptors.registerInterceptors(hooks);
    }
}
