package org.holovitals.server.finder;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.fhirpath.FhirPathExecutionException;
import ca.uhn.fhir.fhirpath.IFhirPath;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.hl7.fhir.instance.model.api.IBase;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.instance.model.api.IPrimitiveType;

/**
 * Reads values by FHIRPath. Of the language it takes paths only: a citation that could compute could make any value come out
 * of any resource.
 */
final class Paths {
    private static final String STEP = "[a-z][A-Za-z]*(?:\\[\\d{1,4}])?";
    private static final Pattern PATH = Pattern.compile("[A-Z][A-Za-z]+(?:\\." + STEP + "(?:\\.where\\(" + STEP
            + "(?:\\." + STEP + ")*='[A-Za-z0-9:/._-]{1,100}'\\))?)+");

    private static final int KEPT = 1000;

    private final IFhirPath engine;
    private final Map<String, Optional<IFhirPath.IParsedExpression>> parsed = new ConcurrentHashMap<>();

    Paths(FhirContext fhir) {
        engine = fhir.newFhirPath();
    }

    /** The simple values at a path, as FHIR wrote them; none for a path that is none. */
    List<String> values(IBaseResource resource, String path) {
        return expression(path).map(expression -> values(resource, expression)).orElse(List.of());
    }

    private List<String> values(IBaseResource resource, IFhirPath.IParsedExpression expression) {
        try {
            return engine.evaluate(resource, expression, IBase.class).stream()
                    .filter(IPrimitiveType.class::isInstance)
                    .map(value -> ((IPrimitiveType<?>) value).getValueAsString())
                    .filter(value -> value != null)
                    .toList();
        } catch (FhirPathExecutionException e) {
            return List.of();
        }
    }

    private Optional<IFhirPath.IParsedExpression> expression(String path) {
        if (parsed.size() > KEPT) {
            parsed.clear();
        }
        return parsed.computeIfAbsent(path, this::parse);
    }

    private Optional<IFhirPath.IParsedExpression> parse(String path) {
        if (!PATH.matcher(path).matches() || path.contains(".where(.")) {
            return Optional.empty();
        }
        try {
            return Optional.of(engine.parse(path));
        } catch (Exception e) {
            // The engine's parser declares no narrower one.
            return Optional.empty();
        }
    }
}
