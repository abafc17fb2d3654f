package org.holovitals.server.access;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.core.Ordered;

/**
 * Takes away Spring MVC's introspector before Spring Security finds it and has it look through all routes of {@code /api} for
 * each request, those of {@code /fhir} too: it is for matchers of paths that nobody uses here. It took a tenth of a read.
 */
final class WithoutIntrospection implements BeanDefinitionRegistryPostProcessor, Ordered {
    private static final String INTROSPECTOR = "mvcHandlerMappingIntrospector";

    @Override
    public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
        if (registry.containsBeanDefinition(INTROSPECTOR)) {
            registry.removeBeanDefinition(INTROSPECTOR);
        }
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        // Only definitions are changed.
    }

    /** Spring Security's own has no order and so comes later. */
    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }
}
