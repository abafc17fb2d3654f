package org.holovitals.server.fhir;

import ca.uhn.fhir.batch2.jobs.bulkmodify.reindex.ReindexProvider;
import ca.uhn.fhir.batch2.jobs.expunge.DeleteExpungeProvider;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings;
import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.jpa.binary.provider.BinaryAccessProvider;
import ca.uhn.fhir.jpa.ips.provider.IpsOperationProvider;
import ca.uhn.fhir.jpa.provider.DiffProvider;
import ca.uhn.fhir.jpa.provider.IJpaSystemProvider;
import ca.uhn.fhir.jpa.provider.InstanceReindexProvider;
import ca.uhn.fhir.jpa.provider.JpaCapabilityStatementProvider;
import ca.uhn.fhir.jpa.provider.ValueSetOperationProvider;
import ca.uhn.fhir.jpa.search.DatabaseBackedPagingProvider;
import ca.uhn.fhir.narrative2.NullNarrativeGenerator;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.openapi.OpenApiInterceptor;
import ca.uhn.fhir.rest.server.HardcodedServerAddressStrategy;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.IncomingRequestAddressStrategy;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.provider.ResourceProviderFactory;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The servlet at {@code /fhir}: HAPI's RestfulServer with the provider of every interaction that is served. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
@EnableConfigurationProperties(RequestLimits.class)
class FhirEndpoint {
    private static final String PATH = "/fhir/*";

    private static final List<Class<?>> OPERATIONS = List.of(
            IJpaSystemProvider.class,
            ValueSetOperationProvider.class,
            DeleteExpungeProvider.class,
            ReindexProvider.class,
            InstanceReindexProvider.class,
            BinaryAccessProvider.class,
            DiffProvider.class,
            IpsOperationProvider.class);

    /**
     * The servlet and all that it uses are made before Spring knows that there will be no more beans, and until it knows, each of
     * the thousands of searches for beans of a type goes through all of them: a fifth of the time of a start.
     */
    @Bean
    static BeanFactoryPostProcessor noMoreDefinitions() {
        return ConfigurableListableBeanFactory::freezeConfiguration;
    }

    @Bean
    RestfulServer restfulServer(ApplicationContext beans, FhirContext fhir, FhirSettings settings) {
        fhir.setNarrativeGenerator(new NullNarrativeGenerator());
        fhir.setParserErrorHandler(StrictParsing.quotingValues());
        RestfulServer server = new FhirServlet(fhir, beans.getBean(QueryCheck.class));
        serveTypes(server, beans);
        server.registerProviders(beans.getBeansOfType(FhirOperations.class).values());
        OPERATIONS.forEach(operation -> server.registerProvider(beans.getBean(operation)));
        server.setServerConformanceProvider(capabilities(server, beans));
        server.registerInterceptor(new OpenApiInterceptor());
        beans.getBeansOfType(FhirServerInterceptor.class).values().forEach(server::registerInterceptor);
        page(beans.getBean(DatabaseBackedPagingProvider.class), server, settings);
        answer(server, settings);
        return server;
    }

    /** Of each type one: ours where there is one, else HAPI's. */
    private static void serveTypes(RestfulServer server, ApplicationContext beans) {
        Collection<FhirProvider> ours = beans.getBeansOfType(FhirProvider.class).values();
        Set<Class<?>> served = ours.stream().map(FhirProvider::getResourceType).collect(Collectors.toSet());
        server.registerProviders(ours);
        server.registerProviders(beans.getBean(ResourceProviderFactory.class).createProviders().stream()
                .filter(theirs ->
                        !(theirs instanceof IResourceProvider provider) || !served.contains(provider.getResourceType()))
                .toList());
    }

    private static JpaCapabilityStatementProvider capabilities(RestfulServer server, ApplicationContext beans) {
        JpaCapabilityStatementProvider provider = new JpaCapabilityStatementProvider(
                server,
                beans.getBean(IFhirSystemDao.class),
                beans.getBean(JpaStorageSettings.class),
                beans.getBean(ISearchParamRegistry.class),
                beans.getBean("myJpaValidationSupportChain", IValidationSupport.class));
        // Counting tables for each caller of /metadata is neither cheap nor everyone's to know.
        provider.setIncludeResourceCounts(false);
        return provider;
    }

    private static void page(DatabaseBackedPagingProvider paging, RestfulServer server, FhirSettings settings) {
        paging.setDefaultPageSize(settings.defaultPageSize());
        paging.setMaximumPageSize(settings.maxPageSize());
        server.setPagingProvider(paging);
    }

    private static void answer(RestfulServer server, FhirSettings settings) {
        server.setDefaultResponseEncoding(EncodingEnum.JSON);
        server.setDefaultPrettyPrint(false);
        server.setServerAddressStrategy(
                settings.baseUrl() == null
                        ? new IncomingRequestAddressStrategy()
                        : new HardcodedServerAddressStrategy(settings.baseUrl()));
    }

    @Bean
    ServletRegistrationBean<RestfulServer> fhirServlet(RestfulServer server) {
        ServletRegistrationBean<RestfulServer> servlet = new ServletRegistrationBean<>(server, PATH);
        servlet.setLoadOnStartup(1);
        return servlet;
    }

    @Bean
    FilterRegistrationBean<RequestBodyFilter> fhirRequestBodies(RequestLimits limits, FhirContext fhir) {
        FilterRegistrationBean<RequestBodyFilter> filter =
                new FilterRegistrationBean<>(new RequestBodyFilter(limits, new OutcomeWriter(fhir)));
        filter.addUrlPatterns("/fhir", PATH);
        return filter;
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> containerErrors() {
        return ContainerErrors.customizer();
    }

    @Bean
    ErrorTranslation errorTranslation() {
        return new ErrorTranslation();
    }

    @Bean
    MinimalBundles minimalBundles() {
        return new MinimalBundles();
    }

    @Bean
    ValidateRequests validateRequests() {
        return new ValidateRequests();
    }

    @Bean
    Capabilities capabilities() {
        return new Capabilities(ServerVersion.current());
    }
}
