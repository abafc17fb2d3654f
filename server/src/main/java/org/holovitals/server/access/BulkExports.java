package org.holovitals.server.access;

import ca.uhn.fhir.batch2.api.IJobCoordinator;
import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.bulk.BulkExportJobParameters;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.holovitals.server.access.SmartScope.Level;
import org.holovitals.server.fhir.StorageHooks;
import org.jspecify.annotations.Nullable;

/**
 * A bulk export is for a backend service whose scopes hold all that it takes out; its status, its files and its deletion
 * are for the one who started it, and to others there is no such job.
 */
@Interceptor(order = RequestGate.ORDER)
public final class BulkExports implements StorageHooks {
    private static final String OWNER = "urn:holovitals:export-owner";
    private static final String JOB = "_jobId";
    private static final List<Interaction> READING = List.of(Interaction.READ, Interaction.SEARCH);

    private final IJobCoordinator jobs;

    BulkExports(IJobCoordinator jobs) {
        this.jobs = jobs;
    }

    /** Refuses what the scopes do not hold, and writes the owner into the job and so into its files. */
    @Hook(Pointcut.STORAGE_INITIATE_BULK_EXPORT)
    public void start(RequestDetails request, BulkExportJobParameters job) {
        Optional<Caller> known = RequestCaller.of(request);
        if (known.isEmpty()) {
            return;
        }
        Caller caller = known.get();
        List<String> types = job.getResourceTypes();
        boolean isWithinScopes = (types == null || types.isEmpty())
                ? READING.stream().allMatch(interaction -> caller.scopes().permitAll(Level.SYSTEM, interaction))
                : types.stream().allMatch(type -> isWholly(caller, type));
        if (!caller.isService() || !isWithinScopes) {
            throw InteractionGate.refusal("An export of these types");
        }
        job.setBinarySecurityContextIdentifierSystem(OWNER);
        job.setBinarySecurityContextIdentifierValue(caller.client());
    }

    private static boolean isWholly(Caller caller, String type) {
        return READING.stream().allMatch(interaction -> caller.scopes().covering(type, interaction).stream()
                .anyMatch(scope -> scope.qualifiers().isEmpty()));
    }

    /** Refuses, as for a job that does not exist, a request about another's job. */
    void requireOwn(Caller caller, RequestDetails request) {
        String id = jobId(request);
        if (id == null || !caller.client().equals(owner(id))) {
            throw new ResourceNotFoundException("The job is not known");
        }
    }

    private @Nullable String owner(String job) {
        try {
            return jobs.getInstance(job)
                    .getParameters(BulkExportJobParameters.class)
                    .getBinarySecurityContextIdentifierValue();
        } catch (ResourceNotFoundException e) {
            return null;
        }
    }

    private static @Nullable String jobId(RequestDetails request) {
        String[] given = request.getParameters().get(JOB);
        if (given != null && given.length == 1) {
            return given[0];
        }
        return request.getResource() instanceof Parameters parameters
                        && parameters.getParameterValue(JOB) instanceof PrimitiveType<?> value
                ? value.getValueAsString()
                : null;
    }

    /** Whether a resource is a file of an export that another started. */
    static boolean isForeignFile(Caller caller, IBaseResource resource) {
        if (!(resource instanceof Binary file) || !file.hasSecurityContext()) {
            return false;
        }
        Identifier owner = file.getSecurityContext().getIdentifier();
        return OWNER.equals(owner.getSystem()) && !caller.client().equals(owner.getValue());
    }
}
