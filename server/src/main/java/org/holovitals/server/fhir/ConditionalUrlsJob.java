package org.holovitals.server.fhir;

import ca.uhn.fhir.jpa.model.sched.ISchedulerService;
import ca.uhn.fhir.jpa.model.sched.ScheduledJobDefinition;
import ca.uhn.fhir.jpa.search.ResourceSearchUrlSvc;
import ca.uhn.fhir.jpa.search.SearchUrlJobMaintenanceSvcImpl;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;

/**
 * Forgets conditions sooner than HAPI's hour: until then a condition that its resource no longer meets, since it was
 * updated, is answered with a conflict.
 */
final class ConditionalUrlsJob extends SearchUrlJobMaintenanceSvcImpl {
    /** Longer than a write takes between looking for what meets its condition and its commit. */
    private static final Duration KEPT = Duration.ofMinutes(2);

    private final ResourceSearchUrlSvc urls;
    private final Clock clock;

    ConditionalUrlsJob(ResourceSearchUrlSvc urls, Clock clock) {
        super(urls);
        this.urls = urls;
        this.clock = clock;
    }

    @Override
    public void removeStaleEntries() {
        urls.deleteEntriesOlderThan(Date.from(clock.instant().minus(KEPT)));
    }

    @Override
    public void scheduleJobs(ISchedulerService scheduler) {
        ScheduledJobDefinition job = new ScheduledJobDefinition();
        job.setId(SearchUrlMaintenanceJob.class.getName());
        job.setJobClass(SearchUrlMaintenanceJob.class);
        scheduler.scheduleClusteredJob(Duration.ofMinutes(1).toMillis(), job);
    }
}
