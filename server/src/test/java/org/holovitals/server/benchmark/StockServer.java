package org.holovitals.server.benchmark;

import ca.uhn.fhir.batch2.jobs.bulkmodify.reindex.ReindexProvider;
import ca.uhn.fhir.batch2.jobs.config.Batch2JobsConfig;
import ca.uhn.fhir.batch2.jobs.export.BulkDataExportProvider;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings;
import ca.uhn.fhir.jpa.api.config.ThreadPoolFactoryConfig;
import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.jpa.batch2.JpaBatch2Config;
import ca.uhn.fhir.jpa.config.HapiJpaConfig;
import ca.uhn.fhir.jpa.config.r4.JpaR4Config;
import ca.uhn.fhir.jpa.config.util.HapiEntityManagerFactoryUtil;
import ca.uhn.fhir.jpa.model.config.PartitionSettings;
import ca.uhn.fhir.jpa.model.config.SubscriptionSettings;
import ca.uhn.fhir.jpa.model.dialect.HapiFhirPostgresDialect;
import ca.uhn.fhir.jpa.provider.DiffProvider;
import ca.uhn.fhir.jpa.provider.IJpaSystemProvider;
import ca.uhn.fhir.jpa.provider.JpaCapabilityStatementProvider;
import ca.uhn.fhir.jpa.provider.SubscriptionTriggeringProvider;
import ca.uhn.fhir.jpa.provider.TerminologyUploaderProvider;
import ca.uhn.fhir.jpa.provider.ValueSetOperationProvider;
import ca.uhn.fhir.jpa.search.DatabaseBackedPagingProvider;
import ca.uhn.fhir.jpa.subscription.channel.config.SubscriptionChannelConfig;
import ca.uhn.fhir.jpa.subscription.match.config.SubscriptionProcessorConfig;
import ca.uhn.fhir.jpa.subscription.match.config.WebsocketDispatcherConfig;
import ca.uhn.fhir.jpa.subscription.match.deliver.email.IEmailSender;
import ca.uhn.fhir.jpa.subscription.submit.config.SubscriptionSubmitterConfig;
import ca.uhn.fhir.narrative2.NullNarrativeGenerator;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.openapi.OpenApiInterceptor;
import ca.uhn.fhir.rest.server.IncomingRequestAddressStrategy;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.interceptor.LoggingInterceptor;
import ca.uhn.fhir.rest.server.interceptor.ResponseHighlighterInterceptor;
import ca.uhn.fhir.rest.server.provider.ResourceProviderFactory;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import jakarta.persistence.EntityManagerFactory;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import javax.sql.DataSource;
import org.hibernate.cfg.AvailableSettings;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.web.servlet.ServletWebServerFactoryAutoConfiguration;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;

/**
 * HAPI's JPA server with the beans and settings of its public starter, which docs/benchmarks.md lists. Not marked as a
 * configuration, so that no scan of this server's packages finds it.
 */
@Import({
    JpaR4Config.class,
    HapiJpaConfig.class,
    ThreadPoolFactoryConfig.class,
    JpaBatch2Config.class,
    Batch2JobsConfig.class,
    SubscriptionSubmitterConfig.class,
    SubscriptionProcessorConfig.class,
    SubscriptionChannelConfig.class,
    WebsocketDispatcherConfig.class,
    ServletWebServerFactoryAutoConfiguration.class
})
final class StockServer {
    static final String ACCESS_LOG = "fhirtest.access";

    /** The starter's, which says each thing twice. */
    private static final String ACCESS = "Path[${servletPath}] Source[${requestHeader.x-forwarded-for}]"
            + " Operation[${operationType} ${operationName} ${idOrResourceName}] UA[${requestHeader.user-agent}]"
            + " Params[${requestParameters}] ResponseEncoding[${responseEncodingNoDefault}]"
            + " Operation[${operationType} ${operationName} ${idOrResourceName}] UA[${requestHeader.user-agent}]"
            + " Params[${requestParameters}] ResponseEncoding[${responseEncodingNoDefault}]";

    private static final List<Class<?>> OPERATIONS = List.of(
            IJpaSystemProvider.class,
            TerminologyUploaderProvider.class,
            SubscriptionTriggeringProvider.class,
            BulkDataExportProvider.class,
            ValueSetOperationProvider.class,
            ReindexProvider.class,
            DiffProvider.class);

    /** Serves until it is told to stop. */
    public static void main(String[] arguments) {
        SpringApplication application = new SpringApplication(StockServer.class);
        application.setDefaultProperties(Map.of(
                "server.address",
                "127.0.0.1",
                "server.tomcat.relaxed-query-chars",
                "|",
                "spring.main.banner-mode",
                "off",
                "spring.main.allow-circular-references",
                "true",
                "logging.level.root",
                "warn",
                "logging.level." + ACCESS_LOG,
                "info"));
        application.run(arguments);
    }

    @Bean
    DataSource dataSource(Environment environment) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(environment.getRequiredProperty("STOCK_URL"));
        config.setUsername(environment.getRequiredProperty("STOCK_USER"));
        config.setPassword(environment.getRequiredProperty("STOCK_PASSWORD"));
        config.setMaximumPoolSize(10);
        return new HikariDataSource(config);
    }

    @Bean
    JpaStorageSettings storageSettings() {
        JpaStorageSettings settings = new JpaStorageSettings();
        settings.setReuseCachedSearchResultsForMillis(60_000L);
        settings.setExpireSearchResultsAfterMillis(60 * 60_000L);
        settings.setSearchPreFetchThresholds(List.of(13, 503, 2003, -1));
        settings.setFetchSizeDefaultMaximum(Integer.MAX_VALUE);
        settings.setAllowContainsSearches(true);
        settings.setFilterParameterEnabled(true);
        settings.setExpungeEnabled(true);
        settings.setStoreMetaSourceInformation(JpaStorageSettings.StoreMetaSourceInformationEnum.NONE);
        settings.setDefaultSearchParamsCanBeOverridden(true);
        settings.setMarkResourcesForReindexingUponSearchParameterChange(true);
        settings.setDeferIndexingForCodesystemsOfSize(100);
        settings.setBundleBatchPoolSize(100);
        settings.setTreatReferencesAsLogical(Set.of(
                "http://terminology.hl7.org/*",
                "https://terminology.hl7.org/*",
                "http://snomed.info/*",
                "https://snomed.info/*",
                "http://unitsofmeasure.org/*",
                "https://unitsofmeasure.org/*",
                "http://loinc.org/*",
                "https://loinc.org/*"));
        return settings;
    }

    @Bean
    PartitionSettings partitionSettings() {
        return new PartitionSettings();
    }

    @Bean
    SubscriptionSettings subscriptionSettings() {
        return new SubscriptionSettings();
    }

    @Bean
    IEmailSender emailSender() {
        return email -> {};
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

    private static Properties hibernate() {
        Properties properties = new Properties();
        properties.setProperty(AvailableSettings.DIALECT, HapiFhirPostgresDialect.class.getName());
        properties.setProperty(AvailableSettings.HBM2DDL_AUTO, "update");
        properties.setProperty(AvailableSettings.STATEMENT_BATCH_SIZE, "20");
        properties.setProperty(AvailableSettings.USE_SECOND_LEVEL_CACHE, "false");
        properties.setProperty(AvailableSettings.USE_QUERY_CACHE, "false");
        properties.setProperty(AvailableSettings.USE_STRUCTURED_CACHE, "false");
        properties.setProperty(AvailableSettings.USE_MINIMAL_PUTS, "false");
        properties.setProperty("hibernate.search.enabled", "false");
        return properties;
    }

    @Bean
    @Primary
    JpaTransactionManager transactionManager(EntityManagerFactory factory) {
        return new JpaTransactionManager(factory);
    }

    @Bean
    RestfulServer restfulServer(ApplicationContext beans, FhirContext fhir) {
        fhir.setNarrativeGenerator(new NullNarrativeGenerator());
        RestfulServer server = new RestfulServer(fhir);
        server.registerProviders(beans.getBean(ResourceProviderFactory.class).createProviders());
        OPERATIONS.forEach(operation -> server.registerProvider(beans.getBean(operation)));
        server.setServerConformanceProvider(new JpaCapabilityStatementProvider(
                server,
                beans.getBean(IFhirSystemDao.class),
                beans.getBean(JpaStorageSettings.class),
                beans.getBean(ISearchParamRegistry.class),
                beans.getBean("myJpaValidationSupportChain", IValidationSupport.class)));
        answer(server, beans.getBean(DatabaseBackedPagingProvider.class));
        return server;
    }

    private static void answer(RestfulServer server, DatabaseBackedPagingProvider paging) {
        paging.setDefaultPageSize(20);
        paging.setMaximumPageSize(Integer.MAX_VALUE);
        server.setPagingProvider(paging);
        server.setDefaultPrettyPrint(true);
        server.setDefaultResponseEncoding(EncodingEnum.JSON);
        server.setServerAddressStrategy(new IncomingRequestAddressStrategy());
        server.registerInterceptor(new ResponseHighlighterInterceptor());
        server.registerInterceptor(logging());
        server.registerInterceptor(new OpenApiInterceptor());
    }

    private static LoggingInterceptor logging() {
        LoggingInterceptor logging = new LoggingInterceptor();
        logging.setLoggerName(ACCESS_LOG);
        logging.setMessageFormat(ACCESS);
        logging.setErrorMessageFormat("ERROR - ${requestVerb} ${requestUrl}");
        logging.setLogExceptions(true);
        return logging;
    }

    @Bean
    ServletRegistrationBean<RestfulServer> fhirServlet(RestfulServer server) {
        ServletRegistrationBean<RestfulServer> servlet = new ServletRegistrationBean<>(server, "/fhir/*");
        servlet.setLoadOnStartup(1);
        return servlet;
    }
}
