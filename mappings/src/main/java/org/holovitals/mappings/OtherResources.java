package org.holovitals.mappings;

import java.util.List;
import java.util.Objects;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ResourceFactory;
import org.hl7.fhir.r4.model.Type;
import org.holovitals.mappings.Compartment.Shape;
import org.jspecify.annotations.Nullable;

/** {@code patient_resources} ⇄ the types of the patient compartment that have no table of their own. */
final class OtherResources {
    private static final List<String> PREFERRED = List.of(Systems.LOINC, Systems.SNOMED);

    private OtherResources() {}

    static ResourceRow row(Resource resource, Shape shape) {
        var category = category(Elements.of(resource, shape.category()));
        return new ResourceRow(
                Origins.of(resource, patientId(Elements.of(resource, shape.patient()))),
                shape.resourceType(),
                code(Elements.of(resource, shape.type())),
                code(Elements.of(resource, shape.code())),
                category == null ? null : category.code(),
                category == null ? null : category.system(),
                status(Elements.of(resource, shape.status())),
                date(Elements.of(resource, shape.date())));
    }

    private static @Nullable String patientId(List<Base> references) {
        for (Base reference : references) {
            String id = reference instanceof Reference patient ? References.patientId(patient) : null;
            if (id != null) {
                return id;
            }
        }
        return null;
    }

    private static @Nullable Code code(List<Base> elements) {
        return elements.stream()
                .map(OtherResources::code)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Code code(Base element) {
        if (element instanceof CodeableConcept concept) {
            var code = Concepts.code(concept, PREFERRED);
            String text = Texts.value(concept.getTextElement());
            return code == null && text != null ? new Code(null, null, text) : code;
        } else if (element instanceof Coding coding) {
            return Concepts.code(coding);
        }
        String code = element instanceof PrimitiveType<?> primitive ? Texts.value(primitive) : null;
        return code == null ? null : new Code(null, code, null);
    }

    private static @Nullable Code category(List<Base> elements) {
        return elements.stream()
                .map(OtherResources::code)
                .filter(code -> code != null && code.code() != null)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable String status(List<Base> elements) {
        return !elements.isEmpty() && elements.get(0) instanceof PrimitiveType<?> status ? Texts.value(status) : null;
    }

    private static @Nullable PartialDate date(List<Base> elements) {
        return !elements.isEmpty() && elements.get(0) instanceof Type date ? Dates.date(date) : null;
    }

    static Resource resource(ResourceRow row) {
        var shape = Compartment.shape(row.resourceType());
        if (shape == null) {
            throw new IllegalArgumentException("No row of patient_resources is a " + row.resourceType());
        }
        var resource = Origins.stamp(ResourceFactory.createResource(row.resourceType()), row.origin());
        var category = row.category() == null ? null : new Code(row.categorySystem(), row.category(), null);
        Elements.set(resource, shape.patient(), References.patient(row.origin()));
        Elements.setCode(resource, shape.type(), row.type());
        Elements.setCode(resource, shape.code(), row.code());
        Elements.setCode(resource, shape.category(), category);
        Elements.setCode(resource, shape.status(), row.status() == null ? null : new Code(null, row.status(), null));
        Elements.setDate(resource, shape.date(), row.date());
        return resource;
    }
}
