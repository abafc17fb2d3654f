package org.holovitals.mappings;

import java.util.List;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Immunization;
import org.hl7.fhir.r4.model.PositiveIntType;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/** {@code patient_immunizations} ⇄ Immunization. */
final class Immunizations {
    private static final List<String> PREFERRED = List.of(Systems.CVX);
    private static final Pattern POSITIVE = Pattern.compile("[1-9]\\d{0,8}");

    private Immunizations() {}

    static ImmunizationRow row(Immunization immunization) {
        var code = Concepts.code(immunization.getVaccineCode(), PREFERRED);
        var performer = performer(immunization);
        return new ImmunizationRow(
                Origins.of(immunization, immunization.getPatient()),
                Concepts.name(immunization.getVaccineCode(), code),
                code,
                Dates.date(immunization.getOccurrence()),
                immunization.getOccurrence() instanceof StringType words ? Texts.value(words) : null,
                doseNumber(immunization),
                References.display(performer),
                References.literal(performer),
                Texts.value(immunization.getLotNumberElement()),
                Texts.value(immunization.getStatusElement()));
    }

    private static Reference performer(Immunization immunization) {
        return immunization.getPerformer().isEmpty()
                ? new Reference()
                : immunization.getPerformer().get(0).getActor();
    }

    private static @Nullable String doseNumber(Immunization immunization) {
        var protocols = immunization.getProtocolApplied();
        return !protocols.isEmpty() && protocols.get(0).getDoseNumber() instanceof PrimitiveType<?> number
                ? Texts.value(number)
                : null;
    }

    static Immunization resource(ImmunizationRow row) {
        var immunization = Origins.stamp(new Immunization(), row.origin());
        immunization.setPatient(References.patient(row.origin()));
        immunization.setVaccineCode(Concepts.concept(row.code(), row.vaccine()));
        immunization.setOccurrence(occurrence(row));
        if (row.doseNumber() != null) {
            immunization.addProtocolApplied().setDoseNumber(doseNumber(row.doseNumber()));
        }
        var performer = References.reference(row.administeredByReference(), row.administeredBy());
        if (performer != null) {
            immunization.addPerformer().setActor(performer);
        }
        immunization.setLotNumber(row.lotNumber());
        Codes.set(immunization, "status", row.status());
        return immunization;
    }

    private static @Nullable Type occurrence(ImmunizationRow row) {
        return row.dateText() != null ? new StringType(row.dateText()) : Dates.dateTime(row.date());
    }

    private static Type doseNumber(String number) {
        return POSITIVE.matcher(number).matches() ? new PositiveIntType(number) : new StringType(number);
    }
}
