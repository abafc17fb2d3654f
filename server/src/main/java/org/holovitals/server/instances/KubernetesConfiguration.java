package org.holovitals.server.instances;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import org.holovitals.server.analyses.MachineRate;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The cluster, where the server is told to use one: the pod's own account, or the kubeconfig of the machine. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
@ConditionalOnProperty(name = "holovitals.instances.place", havingValue = "kubernetes")
class KubernetesConfiguration {
    private static final int TIMEOUT_MILLIS = 10_000;

    @Bean(destroyMethod = "close")
    KubernetesJobs kubernetesJobs(InstanceSettings settings) {
        // Retries are the upkeep's: it asks again at each look.
        Config config = new ConfigBuilder(Config.autoConfigure(null))
                .withConnectionTimeout(TIMEOUT_MILLIS)
                .withRequestTimeout(TIMEOUT_MILLIS)
                .withRequestRetryBackoffLimit(0)
                .build();
        return new KubernetesJobs(
                new KubernetesClientBuilder().withConfig(config).build(), settings);
    }

    @Bean
    MachineRate kubernetesRate(KubernetesJobs provider) {
        return () -> provider.estimate().perMinute();
    }
}
