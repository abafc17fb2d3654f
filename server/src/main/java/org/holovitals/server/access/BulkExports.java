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
import java.util.stream.Collectors;
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
        if (!isWithinScopes(caller, types == null ? List.of() : types)) {
            throw InteractionGate.refusal("An export of these types");
        }
        job.setBinarySecurityContextIdentifierSystem(OWNER);
        job.setBinarySecurityContextIdentifierValue(
                new Export(caller.client(), types == null ? List.of() : types).text());
    }

    private static boolean isWithinScopes(Caller caller, List<String> types) {
        return caller.isService()
                && (types.isEmpty()
                        ? READING.stream()
                                .allMatch(interaction -> caller.scopes().permitAll(Level.SYSTEM, interaction))
                        : types.stream().allMatch(type -> isWholly(caller, type)));
    }

    private static boolean isWholly(Caller caller, String type) {
        return READING.stream().allMatch(interaction -> caller.scopes().covering(type, interaction).stream()
                .anyMatch(scope -> scope.qualifiers().isEmpty()));
    }

    /** Refuses, as for a job that does not exist, a request about another's job. */
    void requireOwn(Caller caller, RequestDetails request) {
        String id = jobId(request);
        if (id == null || !isOf(caller, context(id))) {
            throw new ResourceNotFoundException("The job is not known");
        }
    }

    /** Whoever started it, while his scopes still hold all that it takes out. */
    private static boolean isOf(Caller caller, @Nullable String context) {
        return context != null
                && Export.parse(context)
                        .filter(export -> export.client().equals(caller.client()))
                        .filter(export -> isWithinScopes(caller, export.types()))
                        .isPresent();
    }

    private @Nullable String context(String job) {
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

    /** Whether a resource is a file of an export that another started, or the caller with more scopes than now. */
    static boolean isForeignFile(Caller caller, IBaseResource resource) {
        if (!(resource instanceof Binary file) || !file.hasSecurityContext()) {
            return false;
        }
        Identifier owner = file.getSecurityContext().getIdentifier();
        return OWNER.equals(owner.getSystem()) && !isOf(caller, owner.getValue());
    }

    /**
     * What an export's files say of it.
     *
     * @param client the app that started it
     * @param types what it takes out; everything when there are none
     */
    private record Export(String client, List<String> types) {
        private static final char END_OF_TYPES = ' ';

        static Optional<Export> parse(String text) {
            int end = text.indexOf(END_OF_TYPES);
            return end < 0
                    ? Optional.empty()
                    : Optional.of(new Export(
                            text.substring(end + 1),
                            end == 0
                                    ? List.of()
                                    : List.of(text.substring(0, end).split(","))));
        }

        String text() {
            return types.stream().sorted().collect(Collectors.joining(",")) + END_OF_TYPES + client;
        }
    }
}
