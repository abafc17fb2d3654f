package org.holovitals.server.instances;

import io.fabric8.kubernetes.api.model.EnvFromSourceBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import org.holovitals.server.instances.CloudProvider.Order;

/** What a cluster is told of an instance: a Job of one pod, and the Secret with its token, which goes with the Job. */
record WorkerJob(Order order, InstanceSettings settings) {
    static final String TAG = "holovitals.org/tag";
    static final String KEY = "holovitals.org/key";

    private static final String NAME = "holovitals-worker-";
    private static final String TOKEN = "token";
    /** Class metadata, threads and buffers are no heap. */
    private static final int BESIDE_THE_HEAP = 512;

    static String name(String key) {
        return NAME + key;
    }

    private Map<String, String> labels() {
        return Map.of("app.kubernetes.io/name", "holovitals-worker", TAG, order.tag(), KEY, order.key());
    }

    /** It is tried once: the queue, not the cluster, sees to it that tasks are tried again. */
    Job job() {
        InstanceSettings.Cluster cluster = settings.kubernetes();
        return new JobBuilder()
                .withNewMetadata()
                .withName(name(order.key()))
                .withNamespace(cluster.namespace())
                .withLabels(labels())
                .endMetadata()
                .withNewSpec()
                .withBackoffLimit(0)
                .withActiveDeadlineSeconds(order.seconds())
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(labels())
                .endMetadata()
                .withNewSpec()
                .withRestartPolicy("Never")
                .withAutomountServiceAccountToken(false)
                .withNodeSelector(cluster.nodes())
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .endSecurityContext()
                .addNewContainer()
                .withName("worker")
                .withImage(cluster.image())
                .withArgs("worker", "--instance")
                .withEnv(token(), heap())
                .withEnvFrom(new EnvFromSourceBuilder()
                        .withNewSecretRef()
                        .withName(cluster.settings())
                        .endSecretRef()
                        .build())
                .withNewResources()
                .withRequests(resources())
                .withLimits(resources())
                .endResources()
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .endSecurityContext()
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    private EnvVar token() {
        return new EnvVarBuilder()
                .withName(InstanceWork.TOKEN)
                .withNewValueFrom()
                .withNewSecretKeyRef(TOKEN, name(order.key()), false)
                .endValueFrom()
                .build();
    }

    private EnvVar heap() {
        return new EnvVarBuilder()
                .withName("JAVA_TOOL_OPTIONS")
                .withValue("-Xmx" + settings.memory() + "m -XX:+ExitOnOutOfMemoryError")
                .build();
    }

    /** What is requested is also the limit, so that a pod has what it was paid for. */
    private Map<String, Quantity> resources() {
        InstanceSettings.Cluster cluster = settings.kubernetes();
        Map<String, Quantity> resources = new LinkedHashMap<>();
        resources.put("cpu", new Quantity(cluster.cpu()));
        resources.put("memory", new Quantity(settings.memory() + BESIDE_THE_HEAP + "Mi"));
        if (cluster.gpu() > 0) {
            resources.put(cluster.gpuResource(), new Quantity(String.valueOf(cluster.gpu())));
        }
        return resources;
    }

    /** Owned by the job that is there, so that none is left over. */
    Secret secret(Job job) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName(name(order.key()))
                .withNamespace(settings.kubernetes().namespace())
                .withLabels(labels())
                .withOwnerReferences(new OwnerReferenceBuilder()
                        .withApiVersion("batch/v1")
                        .withKind("Job")
                        .withName(job.getMetadata().getName())
                        .withUid(job.getMetadata().getUid())
                        .build())
                .endMetadata()
                .withType("Opaque")
                .addToStringData(TOKEN, order.token())
                .build();
    }
}
