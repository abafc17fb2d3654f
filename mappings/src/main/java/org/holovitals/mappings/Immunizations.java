package org.holovitals.mappings;

import org.hl7.fhir.r4.model.Immunization;
import org.hl7.fhir.r4.model.PositiveIntType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/** {@code patient_immunizations} and Immunization. */
final class Immunizations {

    ImmunizationRow toRow(Immunization immunization, String status) {
        Concept code = Concept.from(immunization.getVaccineCode(), Concept.CVX);
        Reference performer =
                immunization.hasPerformer() ? immunization.getPerformer().get(0).getActor() : new Reference();
        return new ImmunizationRow(
                Origins.of(immunization, immunization.getPatient()),
                code.text(),
                code.code(),
                Dates.from(immunization.getOccurrence()),
                immunization.getOccurrence() instanceof StringType text ? Texts.of(text.getValue()) : null,
                dose(immunization),
                Texts.of(performer.getDisplay()),
                Texts.reference(performer),
                Texts.of(immunization.getLotNumber()),
                status);
    }

    private static @Nullable String dose(Immunization immunization) {
        return immunization.hasProtocolApplied()
                        && immunization.getProtocolApplied().get(0).hasDoseNumber()
                ? Texts.of(
                        immunization.getProtocolApplied().get(0).getDoseNumber().primitiveValue())
                : null;
    }

    Immunization toResource(ImmunizationRow row) {
        Immunization immunization = new Immunization();
        Origins.identify(immunization, row.origin());
        immunization.setPatient(Origins.patient(row.origin()));
        immunization.setVaccineCode(new Concept(row.vaccine(), row.code()).toConcept());
        immunization.setOccurrence(occurrence(row));
        if (row.doseNumber() != null) {
            immunization.addProtocolApplied().setDoseNumber(dose(row.doseNumber()));
        }
        @Nullable Reference performer = Texts.reference(row.administeredByReference(), row.administeredBy());
        if (performer != null) {
            immunization.addPerformer().setActor(performer);
        }
        immunization.setLotNumber(row.lotNumber());
        immunization.getStatusElement().setValueAsString(row.status());
        return immunization;
    }

    private static @Nullable Type occurrence(ImmunizationRow row) {
        if (row.date() != null) {
            return Dates.dateTime(row.date());
        }
        return row.dateText() == null ? null : new StringType(row.dateText());
    }

    private static Type dose(String number) {
        return number.matches("[1-9]\\d{0,8}") ? new PositiveIntType(number) : new StringType(number);
    }
}
