package org.holovitals.server.instances;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobListBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.server.mock.KubernetesMixedDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.ServerRequest;
import io.fabric8.mockwebserver.ServerResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.holovitals.server.instances.CloudProvider.Found;
import org.holovitals.server.instances.CloudProvider.Order;
import org.holovitals.server.instances.CloudProvider.State;
import org.holovitals.server.instances.ProviderException.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a cluster is asked and how its answers are understood, over HTTP, against the client library's own server. */
final class KubernetesJobsTest {
    private static final String JOBS = "/apis/batch/v1/namespaces/health/jobs";
    private static final int TIMEOUT_MILLIS = 30_000;
    private static final int SHORT_MILLIS = 500;

    private final Map<ServerRequest, Queue<ServerResponse>> answers = new HashMap<>();
    private final KubernetesMockServer server = new KubernetesMockServer(
            new Context(), new MockWebServer(), answers, new KubernetesMixedDispatcher(answers), false);
    private final Order order = new Order(UUID.randomUUID(), "holovitals-1", "secret-token", 1800);
    private final KubernetesClient client;
    private final KubernetesJobs provider;

    KubernetesJobsTest() {
        server.init();
        client = client(server, TIMEOUT_MILLIS);
        provider = new KubernetesJobs(client, settings());
    }

    private static KubernetesClient client(KubernetesMockServer server, int timeoutMillis) {
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl(server.url("/"))
                .withRequestTimeout(timeoutMillis)
                .withRequestRetryBackoffLimit(0)
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    @AfterEach
    void stop() {
        provider.close();
        server.destroy();
    }

    private static InstanceSettings settings() {
        return new InstanceSettings(
                Place.KUBERNETES,
                2,
                2048,
                new BigDecimal("0.05"),
                "USD",
                null,
                new InstanceSettings.Times(
                        Duration.ofMinutes(30),
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(1),
                        Duration.ofSeconds(1)),
                new InstanceSettings.Cluster(
                        "health",
                        "registry.example.org/holovitals:1",
                        "2",
                        1,
                        "nvidia.com/gpu",
                        "holovitals-worker",
                        Map.of("pool", "gpu")));
    }

    private String name() {
        return "holovitals-worker-" + order.key();
    }

    private Job job() {
        return client.batch().v1().jobs().inNamespace("health").withName(name()).get();
    }

    @Test
    void aJobIsBoundedLabelledAndHasItsTokenInASecretThatGoesWithIt() {
        assertThat(provider.create(order)).isEqualTo(name());

        Job job = job();
        assertThat(job.getMetadata().getLabels())
                .containsEntry("holovitals.org/tag", "holovitals-1")
                .containsEntry("holovitals.org/key", order.key());
        assertThat(job.getSpec().getActiveDeadlineSeconds()).isEqualTo(1800);
        assertThat(job.getSpec().getBackoffLimit()).isZero();
        var pod = job.getSpec().getTemplate().getSpec();
        assertThat(pod.getRestartPolicy()).isEqualTo("Never");
        assertThat(pod.getAutomountServiceAccountToken()).isFalse();
        assertThat(pod.getNodeSelector()).containsEntry("pool", "gpu");
        var container = pod.getContainers().get(0);
        assertThat(container.getImage()).isEqualTo("registry.example.org/holovitals:1");
        assertThat(container.getArgs()).containsExactly("worker", "--instance");
        assertThat(container.getResources().getLimits())
                .isEqualTo(Map.of(
                        "cpu",
                        new Quantity("2"),
                        "memory",
                        new Quantity("2560Mi"),
                        "nvidia.com/gpu",
                        new Quantity("1")))
                .isEqualTo(container.getResources().getRequests());
        assertThat(container.getEnvFrom().get(0).getSecretRef().getName()).isEqualTo("holovitals-worker");
        assertThat(container.getEnv().get(0).getName()).isEqualTo("HOLOVITALS_INSTANCE_TOKEN");
        assertThat(container.getEnv().get(0).getValueFrom().getSecretKeyRef().getName())
                .isEqualTo(name());
        assertThat(Serialization.asJson(job)).doesNotContain("secret-token");

        Secret secret = client.secrets().inNamespace("health").withName(name()).get();
        assertThat(secret.getStringData()).isEqualTo(Map.of("token", "secret-token"));
        assertThat(secret.getMetadata().getOwnerReferences()).singleElement().satisfies(owner -> assertThat(
                        owner.getUid())
                .isEqualTo(job.getMetadata().getUid()));
    }

    @Test
    void theSameOrderIsOneJobAndItIsListedByTagUntilItIsStopped() {
        provider.create(order);
        assertThat(provider.create(order)).isEqualTo(name());
        provider.create(new Order(UUID.randomUUID(), "holovitals-2", "other", 60));

        assertThat(provider.list("holovitals-1")).containsExactly(new Found(order.key(), name(), State.RUNNING));
        assertThat(provider.status(name())).isEqualTo(State.RUNNING);
        finish("Failed");
        assertThat(provider.status(name())).isEqualTo(State.ENDED);
        provider.terminate(name());
        assertThat(provider.status(name())).isEqualTo(State.GONE);
        provider.terminate(name());
        assertThat(provider.list("holovitals-1")).isEmpty();
        assertThat(provider.list("holovitals-2")).hasSize(1);
    }

    /** What the documentation lets the server's account do is what it does. */
    @Test
    void theAccountNeedsTheDocumentedRoleAndNothingElse() throws IOException, InterruptedException {
        provider.create(order);
        provider.list("holovitals-1");
        provider.status(name());
        provider.terminate(name());
        assertThat(asked()).isEqualTo(documented());
    }

    private Set<String> asked() throws InterruptedException {
        Set<String> asked = new TreeSet<>();
        for (int i = server.getRequestCount(); i > 0; i--) {
            RecordedRequest request = server.takeRequest();
            String path = request.getPath().replaceFirst("\\?.*", "");
            String resource = path.contains("/jobs") ? "batch/jobs" : "/secrets";
            boolean isOne = path.endsWith(name());
            asked.add(resource + " "
                    + switch (request.getMethod()) {
                        case "POST" -> "create";
                        case "DELETE" -> "delete";
                        case "GET" -> isOne ? "get" : "list";
                        default -> request.getMethod();
                    });
        }
        return asked;
    }

    private static Set<String> documented() throws IOException {
        String page = Files.readString(Path.of("../docs/instances.md"));
        String role = page.substring(page.indexOf("    kind: Role\n"));
        JsonNode rules = new YAMLMapper()
                .readTree(role.substring(0, role.indexOf("    ---")))
                .path("rules");
        Set<String> permitted = new TreeSet<>();
        for (JsonNode rule : rules) {
            String resource = rule.path("apiGroups").path(0).asText() + "/"
                    + rule.path("resources").path(0).asText();
            rule.path("verbs").forEach(verb -> permitted.add(resource + " " + verb.asText()));
        }
        return permitted;
    }

    private void finish(String condition) {
        client.batch()
                .v1()
                .jobs()
                .inNamespace("health")
                .resource(new JobBuilder(job())
                        .withNewStatus()
                        .addNewCondition()
                        .withType(condition)
                        .withStatus("True")
                        .endCondition()
                        .endStatus()
                        .build())
                .updateStatus();
    }

    /** The cluster made it, but said so too late. */
    @Test
    void aJobWhoseAnswerIsLostIsFoundAgainByItsKey() {
        Job made = new WorkerJob(order, settings()).job();
        server.expect()
                .post()
                .delay(4L * SHORT_MILLIS, TimeUnit.MILLISECONDS)
                .withPath(JOBS)
                .andReturn(201, made)
                .once();
        try (KubernetesJobs impatient = new KubernetesJobs(client(server, SHORT_MILLIS), settings())) {
            assertThat(refusal(impatient)).isEqualTo(Kind.UNANSWERED);
        }
        server.expect()
                .get()
                .withPath(JOBS + "?labelSelector=holovitals.org%2Ftag%3Dholovitals-1")
                .andReturn(200, new JobListBuilder().withItems(made).build())
                .once();
        assertThat(provider.list("holovitals-1")).containsExactly(new Found(order.key(), name(), State.RUNNING));
    }

    @Test
    void refusalsAreToldFromEachOther() {
        answers(403, "jobs.batch is forbidden: exceeded quota: compute, requested: cpu=2");
        assertThat(refusal(provider)).isEqualTo(Kind.QUOTA);
        answers(403, "jobs.batch is forbidden: User \"x\" cannot create resource");
        assertThat(refusal(provider)).isEqualTo(Kind.UNAUTHORISED);
        answers(401, "Unauthorized");
        assertThat(refusal(provider)).isEqualTo(Kind.UNAUTHORISED);
        answers(422, "Job is invalid");
        assertThat(refusal(provider)).isEqualTo(Kind.REFUSED);
        answers(500, "etcd");
        assertThat(refusal(provider)).isEqualTo(Kind.UNANSWERED);
    }

    private void answers(int code, String message) {
        server.expect()
                .post()
                .withPath(JOBS)
                .andReturn(
                        code,
                        new StatusBuilder()
                                .withCode(code)
                                .withMessage(message)
                                .withStatus("Failure")
                                .build())
                .once();
    }

    private Kind refusal(KubernetesJobs provider) {
        ProviderException thrown = catchThrowableOfType(ProviderException.class, () -> provider.create(order));
        assertThat(thrown).hasMessageNotContaining("secret-token");
        return thrown.kind();
    }
}
