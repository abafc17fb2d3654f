package org.holovitals.server.bulk;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.holovitals.server.access.Caller;

/**
 * Starts imports of files that lie elsewhere: a manifest in a Parameters resource, as the draft
 * (https://github.com/smart-on-fhir/bulk-import/blob/master/import-manifest.md) and HAPI have it.
 */
final class ImportStarts {
    private static final int MOST = 1_000;
    private static final Set<String> FORMATS = Set.of("application/fhir+ndjson", "application/ndjson", "ndjson");
    private static final Set<String> STORAGE = Set.of("http", "https");

    private final FhirContext fhir;
    private final RemoteSettings remote;
    private final JobStarts starts;

    ImportStarts(FhirContext fhir, RemoteSettings remote, JobStarts starts) {
        this.fhir = fhir;
        this.remote = remote;
        this.starts = starts;
    }

    void start(ServletRequestDetails request) throws IOException {
        Caller caller = JobStarts.caller(request);
        Asked.of(request).requireAsync();
        if (!(request.getResource() instanceof Parameters manifest)) {
            throw new InvalidRequestException("The body is not a Parameters resource with the files to import");
        }
        starts.start(request, caller, BulkJob.Kind.IMPORT, Set.of(), new ImportTask(inputs(manifest)));
    }

    private List<ImportTask.Input> inputs(Parameters manifest) {
        List<ImportTask.Input> inputs = new ArrayList<>();
        for (ParametersParameterComponent parameter : manifest.getParameter()) {
            switch (String.valueOf(parameter.getName())) {
                case "inputFormat" -> requireFormat(text(parameter));
                case "inputSource" -> {
                    // Says where the data is from, and is not fetched.
                }
                case "storageDetail" -> requireStorage(parameter);
                case "input" -> inputs.add(input(parameter));
                default ->
                    throw new InvalidRequestException(
                            "The parameter " + parameter.getName() + " of an import is not supported");
            }
        }
        if (inputs.isEmpty() || inputs.size() > MOST) {
            throw new InvalidRequestException("An import names between one and " + MOST + " files, as input");
        }
        return inputs;
    }

    private static void requireFormat(String format) {
        if (!FORMATS.contains(format)) {
            throw new InvalidRequestException("inputFormat may be application/fhir+ndjson");
        }
    }

    private static void requireStorage(ParametersParameterComponent detail) {
        for (ParametersParameterComponent part : detail.getPart()) {
            if (!"type".equals(part.getName()) || !STORAGE.contains(text(part))) {
                throw new InvalidRequestException("storageDetail takes the type https, and nothing else");
            }
        }
    }

    private ImportTask.Input input(ParametersParameterComponent input) {
        String type = "";
        String url = "";
        for (ParametersParameterComponent part : input.getPart()) {
            switch (String.valueOf(part.getName())) {
                case "type" -> type = text(part);
                case "url" -> url = text(part);
                default -> throw new InvalidRequestException("An input has a type and a url, and nothing else");
            }
        }
        if (!fhir.getResourceTypes().contains(type)) {
            throw new InvalidRequestException("The type of an input is a resource type of FHIR R4");
        }
        requireAllowed(url);
        return new ImportTask.Input(type, url);
    }

    /** Anybody who may import could make the server call whom he likes otherwise. */
    private void requireAllowed(String url) {
        try {
            if (remote.allows(URI.create(url))) {
                return;
            }
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestException("The url of an input is none");
        }
        throw new InvalidRequestException(
                remote.origins().isEmpty()
                        ? "This server fetches no files: its setting holovitals.import.remote.origins is empty"
                        : "This server fetches files from " + String.join(", ", new TreeSet<>(remote.origins()))
                                + " only");
    }

    private static String text(ParametersParameterComponent parameter) {
        return parameter.getValue() instanceof PrimitiveType<?> value ? String.valueOf(value.getValueAsString()) : "";
    }
}
