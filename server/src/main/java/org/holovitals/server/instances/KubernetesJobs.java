package org.holovitals.server.instances;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.function.Supplier;
import org.holovitals.server.instances.ProviderException.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Instances that are Jobs of a Kubernetes cluster. A Job's name is made of the key, so the cluster itself refuses a second one;
 * its deadline ends it also when this server never comes back.
 */
final class KubernetesJobs implements CloudProvider, AutoCloseable {
    static final String NAME = "kubernetes";

    private static final int UNPROCESSABLE = 422;
    private static final int TOO_MANY = 429;

    private final KubernetesClient client;
    private final InstanceSettings settings;

    KubernetesJobs(KubernetesClient client, InstanceSettings settings) {
        this.client = client;
        this.settings = settings;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Rate estimate() {
        InstanceSettings.Cluster cluster = settings.kubernetes();
        String gpu = cluster.gpu() > 0 ? ",gpu=" + cluster.gpu() : "";
        return new Rate(
                "cpu=" + cluster.cpu() + ",memory=" + settings.memory() + "m" + gpu,
                cluster.namespace(),
                settings.costPerMinute(),
                settings.currency());
    }

    @Override
    public String create(Order order) {
        WorkerJob wanted = new WorkerJob(order, settings);
        Job job = asked(() -> created(wanted.job()));
        return asked(() -> {
            create(wanted.secret(job));
            return job.getMetadata().getName();
        });
    }

    private Job created(Job job) {
        try {
            return client.batch().v1().jobs().resource(job).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
            Job before = find(job.getMetadata().getName());
            if (before == null) {
                throw new ProviderException(Kind.UNANSWERED, "A job of this name was there and is gone");
            }
            return before;
        }
    }

    private void create(Secret secret) {
        try {
            client.secrets().resource(secret).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
        }
    }

    private @Nullable Job find(String name) {
        return client.batch()
                .v1()
                .jobs()
                .inNamespace(settings.kubernetes().namespace())
                .withName(name)
                .get();
    }

    @Override
    public State status(String instance) {
        Job job = asked(() -> find(instance));
        return job == null ? State.GONE : state(job);
    }

    private static State state(Job job) {
        boolean hasEnded = job.getStatus() != null
                && job.getStatus().getConditions() != null
                && job.getStatus().getConditions().stream()
                        .anyMatch(condition -> List.of("Complete", "Failed").contains(condition.getType())
                                && "True".equals(condition.getStatus()));
        return hasEnded ? State.ENDED : State.RUNNING;
    }

    /** The Job is there until its pod is not. */
    @Override
    public void terminate(String instance) {
        asked(() -> client.batch()
                .v1()
                .jobs()
                .inNamespace(settings.kubernetes().namespace())
                .withName(instance)
                .withPropagationPolicy(DeletionPropagation.FOREGROUND)
                .delete());
    }

    @Override
    public List<Found> list(String tag) {
        return asked(() -> client
                .batch()
                .v1()
                .jobs()
                .inNamespace(settings.kubernetes().namespace())
                .withLabel(WorkerJob.TAG, tag)
                .list()
                .getItems()
                .stream()
                .map(job -> new Found(
                        String.valueOf(job.getMetadata().getLabels().get(WorkerJob.KEY)),
                        job.getMetadata().getName(),
                        state(job)))
                .toList());
    }

    private static <T> T asked(Supplier<T> question) {
        try {
            return question.get();
        } catch (KubernetesClientException e) {
            throw new ProviderException(kind(e), "Kubernetes answers with " + e.getCode());
        }
    }

    /** A quota is a 403 as well; its words are the cluster's own since the first releases. */
    private static Kind kind(KubernetesClientException thrown) {
        return switch (thrown.getCode()) {
            case HttpURLConnection.HTTP_UNAUTHORIZED -> Kind.UNAUTHORISED;
            case HttpURLConnection.HTTP_FORBIDDEN -> isQuota(thrown) ? Kind.QUOTA : Kind.UNAUTHORISED;
            case TOO_MANY -> Kind.QUOTA;
            case HttpURLConnection.HTTP_BAD_REQUEST, HttpURLConnection.HTTP_NOT_FOUND, UNPROCESSABLE -> Kind.REFUSED;
            default -> Kind.UNANSWERED;
        };
    }

    private static boolean isQuota(KubernetesClientException thrown) {
        return thrown.getStatus() != null
                && String.valueOf(thrown.getStatus().getMessage()).contains("exceeded quota");
    }

    @Override
    public void close() {
        client.close();
    }
}
