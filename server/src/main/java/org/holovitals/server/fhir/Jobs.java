package org.holovitals.server.fhir;

import ca.uhn.fhir.batch2.maintenance.JobMaintenanceServiceImpl;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** HAPI's batch jobs (reindex, delete-expunge). */
@Configuration(proxyBeanMethods = false)
class Jobs {
    private static final long PASS_MILLIS = 2_000;

    /** HAPI looks for the next step of a job once a minute, so a job of four steps would take four minutes. */
    @Bean
    static BeanPostProcessor promptJobSteps() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessBeforeInitialization(Object bean, String name) {
                if (bean instanceof JobMaintenanceServiceImpl maintenance) {
                    maintenance.setScheduledJobFrequencyMillis(PASS_MILLIS);
                }
                return bean;
            }
        };
    }
}
