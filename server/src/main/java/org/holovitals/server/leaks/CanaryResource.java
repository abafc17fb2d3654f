package org.holovitals.server.leaks;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeSearchParam;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.instance.model.api.IBase;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Narrative;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;

/** Makes a resource of any type in a patient's compartment that can be found by what is searched for most. */
final class CanaryResource {
    static final String SYSTEM = "urn:holovitals:canary";
    static final String DAY = "2001-02-03";
    private static final String PATIENT = "Patient";
    private static final Set<String> NOT_FILLED = Set.of("extension", "modifierExtension", "language");
    private static final Pattern PLAIN_PATH = Pattern.compile("[A-Za-z]+(?:\\.(?!where|as\\(|resolve)[a-z][A-Za-z]*)+");
    /** What is put into the elements of a type, whatever they are called. */
    private static final Map<String, Function<String, IBase>> VALUES = Map.of(
            "CodeableConcept",
            marker -> {
                CodeableConcept concept = new CodeableConcept().setText(marker);
                concept.addCoding().setSystem(SYSTEM).setCode(marker);
                return concept;
            },
            "Identifier",
            marker -> new Identifier().setSystem(SYSTEM).setValue(marker),
            "dateTime",
            marker -> new DateTimeType(DAY),
            "date",
            marker -> new DateType(DAY),
            "instant",
            marker -> new InstantType(DAY + "T04:05:06Z"),
            "string",
            StringType::new);

    private final FhirContext fhir;

    CanaryResource(FhirContext fhir) {
        this.fhir = fhir;
    }

    /** Whether resources of a type can be a patient's. A patient is not made anew. */
    boolean isOfPatients(String type) {
        return !type.equals(PATIENT) && owner(type).isPresent();
    }

    /** JSON of the resource; with an id for an update. */
    String of(String type, String patient, String marker, String id) {
        DomainResource resource =
                (DomainResource) fhir.getResourceDefinition(type).newInstance();
        if (!id.isEmpty()) {
            resource.setId(id);
        }
        resource.getText().setStatus(Narrative.NarrativeStatus.ADDITIONAL);
        resource.getText().setDivAsString("<div>" + marker + "</div>");
        Reference owner = fhir.newTerser().addElement(resource, owner(type).orElseThrow());
        owner.setReference(PATIENT + "/" + patient);
        fill(resource, marker);
        return fhir.newJsonParser().encodeResourceToString(resource);
    }

    private void fill(DomainResource resource, String marker) {
        fhir.getResourceDefinition(resource).getChildren().stream()
                .filter(child -> !NOT_FILLED.contains(child.getElementName()))
                .filter(child ->
                        child.getAccessor().getValues(resource).stream().allMatch(IBase::isEmpty))
                .forEach(child ->
                        value(child).ifPresent(value -> child.getMutator().addValue(resource, value.apply(marker))));
    }

    private static Optional<Function<String, IBase>> value(BaseRuntimeChildDefinition child) {
        return child.getValidChildNames().stream()
                .map(child::getChildByName)
                .map(type -> VALUES.get(type.getName()))
                .filter(value -> value != null)
                .findFirst();
    }

    /** The element that puts a resource into the compartment. */
    private Optional<String> owner(String type) {
        List<RuntimeSearchParam> parameters =
                fhir.getResourceDefinition(type).getSearchParamsForCompartmentName(PATIENT);
        return parameters.stream()
                .filter(parameter -> parameter.getTargets().contains(PATIENT))
                .sorted(Comparator.comparing(
                        parameter -> !List.of("subject", "patient").contains(parameter.getName())))
                .flatMap(parameter -> parameter.getPathsSplit().stream())
                .map(PLAIN_PATH::matcher)
                .filter(Matcher::lookingAt)
                .map(Matcher::group)
                .filter(path -> path.startsWith(type + "."))
                .findFirst();
    }
}
