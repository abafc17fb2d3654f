package org.holovitals.mappings;

import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.HumanName.NameUse;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/** {@code patients} ⇄ Patient. */
final class Patients {
    private Patients() {}

    static PatientRow row(Patient patient) {
        var name = name(patient.getName());
        return new PatientRow(
                Origins.of(patient, patient.getIdElement().getIdPart()),
                given(name),
                Texts.value(name.getFamilyElement()),
                Dates.date(patient.getBirthDateElement()),
                Texts.value(patient.getGenderElement()));
    }

    /** The official name, else the usual one, else the first. */
    private static HumanName name(List<HumanName> names) {
        return Stream.of(NameUse.OFFICIAL, NameUse.USUAL)
                .flatMap(use -> names.stream().filter(name -> name.getUse() == use))
                .findFirst()
                .orElseGet(() -> names.isEmpty() ? new HumanName() : names.get(0));
    }

    private static @Nullable String given(HumanName name) {
        return Texts.joined(name.getGiven().stream().map(Texts::value).flatMap(Stream::ofNullable), " ");
    }

    static Patient resource(PatientRow row) {
        var patient = Origins.stamp(new Patient(), row.origin());
        patient.addName(name(row));
        patient.setBirthDateElement(Dates.day(row.dateOfBirth()));
        Codes.set(patient, "gender", row.sex());
        return patient;
    }

    private static @Nullable HumanName name(PatientRow row) {
        if (row.firstName() == null && row.lastName() == null) {
            return null;
        }
        var name = new HumanName().setFamily(row.lastName());
        Texts.split(row.firstName(), " ").forEach(given -> name.getGiven().add(new StringType(given)));
        return name;
    }
}
