package org.holovitals.server.access;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeSearchParam;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hl7.fhir.instance.model.api.IBaseReference;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.instance.model.api.IIdType;
import org.holovitals.server.stored.Mention;

/** R4's patient compartment (http://hl7.org/fhir/R4/compartmentdefinition-patient.html): whose a resource is. */
final class Compartments {
    private static final String PATIENT = "Patient";
    private static final String SUBJECT = "subject";
    private static final String OWNERS = Compartments.class.getName() + ".owners";

    /** Types about nobody that records point to. */
    private static final Set<String> SHARED =
            Set.of("Organization", "Practitioner", "PractitionerRole", "Location", "Medication");

    private static final Pattern ELEMENT =
            Pattern.compile("([A-Za-z]+)\\.([A-Za-z.]+?)(?:\\.where\\(resolve\\(\\) is [A-Za-z]+\\))?");
    private static final Pattern PATIENT_REFERENCE =
            Pattern.compile("Patient/([A-Za-z0-9.-]{1,64})(?:/_history/[A-Za-z0-9.-]+)?");

    private final FhirContext fhir;
    private final Map<String, List<String>> parameters;
    private final Map<String, Optional<Set<String>>> elements = new ConcurrentHashMap<>();

    Compartments(FhirContext fhir) {
        this.fhir = fhir;
        this.parameters = fhir.getResourceTypes().stream()
                .collect(Collectors.toUnmodifiableMap(Function.identity(), type -> parametersOf(fhir, type)));
    }

    private static List<String> parametersOf(FhirContext fhir, String type) {
        Set<String> names = fhir.getResourceDefinition(type).getSearchParamsForCompartmentName(PATIENT).stream()
                .filter(parameter -> parameter.getTargets().contains(PATIENT))
                .map(RuntimeSearchParam::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        if (type.equals(PATIENT)) {
            // Another patient's record that names this one as a link stays the other's.
            return List.of("_id");
        }
        if (names.contains(SUBJECT)) {
            names.remove("patient");
        }
        return List.copyOf(names);
    }

    Set<String> shared() {
        return SHARED;
    }

    boolean isShared(String type) {
        return SHARED.contains(type);
    }

    /** Whether a type can belong to patients. */
    boolean isOfPatients(String type) {
        return !parameters(type).isEmpty();
    }

    /** The search parameters of which any puts a resource into the compartment. */
    List<String> parameters(String type) {
        return parameters.getOrDefault(type, List.of());
    }

    /**
     * By which parameters searches bind a type's resources to patients. Those of other roles, such as the performer, are
     * found by who asks for them.
     */
    List<String> binding(String type) {
        List<String> all = parameters(type);
        return all.contains(SUBJECT) ? List.of(SUBJECT) : all;
    }

    /**
     * The elements of a type that bind it to patients, such as {@code participant.actor}; empty when they cannot be told
     * from paths alone.
     */
    Optional<Set<String>> elements(String type) {
        return elements.computeIfAbsent(type, this::readElements);
    }

    private Optional<Set<String>> readElements(String type) {
        Set<String> found = new HashSet<>();
        for (RuntimeSearchParam parameter :
                fhir.getResourceDefinition(type).getSearchParamsForCompartmentName(PATIENT)) {
            for (String path : parameter.getPathsSplitForResourceType(type)) {
                Matcher matcher = ELEMENT.matcher(path);
                if (!matcher.matches() || !matcher.group(1).equals(type)) {
                    return Optional.empty();
                }
                found.add(matcher.group(2));
            }
        }
        return Optional.of(Set.copyOf(found));
    }

    /** The same as of a resource, by what its elements mention; only of types whose {@link #elements} are known. */
    Set<String> owners(String type, String id, List<Mention> references) {
        if (type.equals(PATIENT)) {
            return Set.of(id);
        }
        Set<String> binding = elements(type).orElseThrow();
        return references.stream()
                .filter(reference -> reference.text().startsWith("Patient/") && binding.contains(reference.path()))
                .map(reference -> PATIENT_REFERENCE.matcher(reference.text()))
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The same of a resource that goes into an answer: several ask for it, and nothing changes it any more. */
    Set<String> ownersOfShown(IBaseResource resource) {
        if (resource.getUserData(OWNERS) instanceof Owners known) {
            return known.patients();
        }
        Set<String> owners = owners(resource);
        resource.setUserData(OWNERS, new Owners(owners));
        return owners;
    }

    /** What is remembered with a resource. */
    private record Owners(Set<String> patients) {}

    /** The FHIR ids of the patients in whose compartments a resource is. A patient of another server is nobody here. */
    Set<String> owners(IBaseResource resource) {
        String type = fhir.getResourceType(resource);
        if (type.equals(PATIENT)) {
            String id = resource.getIdElement().getIdPart();
            return id == null ? Set.of() : Set.of(id);
        }
        if (!isOfPatients(type)) {
            return Set.of();
        }
        return fhir.newTerser()
                .getCompartmentReferencesForResource(PATIENT, resource, Set.of())
                .map(IBaseReference::getReferenceElement)
                .filter(owner -> PATIENT.equals(owner.getResourceType()) && !owner.hasBaseUrl())
                .map(IIdType::getIdPart)
                .filter(id -> id != null && !id.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }
}
