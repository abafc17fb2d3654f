package org.holovitals.server.instances;

import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.holovitals.server.analyses.Backlog;
import org.holovitals.server.base.Ids;
import org.holovitals.server.database.AdvisoryLock;
import org.holovitals.server.instances.CloudInstances.End;
import org.holovitals.server.instances.CloudInstances.Open;
import org.holovitals.server.instances.CloudProvider.Found;
import org.holovitals.server.instances.CloudProvider.Order;
import org.holovitals.server.instances.CloudProvider.State;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One look at the instances: those that are over are stopped and paid, those that nobody knew of are found again, and where
 * tasks wait one more is started. A row stands before its instance is asked for and is closed after that is gone, so whatever
 * this process is killed in, the next look finds all there is.
 */
final class Upkeep {
    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final int TOKEN_BYTES = 32;

    private final CloudInstances instances;
    private final Backlog backlog;
    private final CloudProvider provider;
    private final Rules rules;
    private final Tools tools;

    Upkeep(CloudInstances instances, Backlog backlog, CloudProvider provider, Rules rules, Tools tools) {
        this.instances = instances;
        this.backlog = backlog;
        this.provider = provider;
        this.rules = rules;
        this.tools = tools;
    }

    /**
     * By which instances come and go.
     *
     * @param most at a time; with none there is only care for what is left
     */
    record Rules(String tag, int most, InstanceSettings.Times times) {}

    /** What it works with. */
    record Tools(DataSource dataSource, Ids ids, Trouble trouble, SecureRandom random) {}

    /** Looks, unless another server does. */
    void look() throws SQLException {
        Optional<AdvisoryLock> lock = AdvisoryLock.take(tools.dataSource(), AdvisoryLock.Task.INSTANCES, rules.tag());
        if (lock.isEmpty()) {
            return;
        }
        try {
            care();
            grow();
        } finally {
            lock.get().close();
        }
    }

    private List<Open> own() {
        return instances.open(provider.name(), rules.tag(), rules.times());
    }

    /** What goes wrong with one keeps no other from being looked after, and is told when all were. */
    private void care() {
        Map<String, Found> found = new HashMap<>();
        provider.list(rules.tag()).forEach(each -> found.put(each.key(), each));
        List<ProviderException> failures = new ArrayList<>();
        for (Open open : own()) {
            Found there = found.remove(open.id().toString());
            attempt(there == null ? () -> missing(open) : () -> present(open, there), failures);
        }
        // Their rows were closed already: what was given up appeared after all.
        found.values().forEach(stray -> attempt(() -> provider.terminate(stray.instance()), failures));
        instances.forgotten().forEach(id -> close(id, End.LOST));
        failures.stream().findFirst().ifPresent(failure -> {
            throw failure;
        });
    }

    private static void attempt(Runnable step, List<ProviderException> failures) {
        try {
            step.run();
        } catch (ProviderException e) {
            failures.add(e);
        }
    }

    /** A process that a killed server was starting may be seen a moment later. */
    private void missing(Open open) {
        if (open.instance() == null && open.isYoung()) {
            return;
        }
        boolean wasStopped = open.status().equals("deprovisioning");
        close(open.id(), open.instance() == null ? End.NEVER : wasStopped ? End.STOPPED : End.LOST);
    }

    private void present(Open open, Found there) {
        if (open.instance() == null && instances.adopt(open.id(), there.instance())) {
            LOG.info("The instance {} was found again", open.id());
        }
        if (there.state() == State.ENDED) {
            provider.terminate(there.instance());
            close(open.id(), End.LOST);
        } else if (open.isOver() || open.status().equals("deprovisioning")) {
            instances.retire(open.id());
            provider.terminate(there.instance());
            if (provider.status(there.instance()) != State.RUNNING) {
                close(open.id(), End.STOPPED);
            }
        }
    }

    /** What its worker had goes back to the queue. */
    private void close(UUID id, End end) {
        if (instances.end(id, tools.ids().next(), end)) {
            backlog.abandon(id);
            LOG.info("The instance {} has ended ({})", id, end);
        }
    }

    /** One at a look, as long as more tasks wait than instances for them start or are free. */
    private void grow() {
        List<Open> open = own().stream()
                .filter(each -> !each.status().equals("deprovisioning"))
                .toList();
        long spare = open.stream().filter(Open::isSpare).count();
        if (open.size() < rules.most() && tools.trouble().isOver() && backlog.waiting() > spare) {
            create(new Order(
                    tools.ids().next(),
                    rules.tag(),
                    token(),
                    rules.times().lifetime().toSeconds()));
        }
    }

    private void create(Order order) {
        instances.add(order, provider.name(), provider.estimate());
        try {
            instances.adopt(order.id(), provider.create(order));
            tools.trouble().over();
        } catch (ProviderException e) {
            tools.trouble().began(provider.name(), e);
            if (e.kind() != ProviderException.Kind.UNANSWERED) {
                instances.end(order.id(), tools.ids().next(), End.NEVER);
            }
        }
    }

    private String token() {
        byte[] token = new byte[TOKEN_BYTES];
        tools.random().nextBytes(token);
        return HexFormat.of().formatHex(token);
    }
}
