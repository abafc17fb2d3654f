package org.holovitals.mappings;

import java.util.List;
import java.util.Objects;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/** {@code patients} and Patient. */
final class Patients {

    PatientRow toRow(Patient patient) {
        HumanName name = name(patient.getName());
        List<String> given = name.getGiven().stream()
                .map(StringType::getValue)
                .filter(Objects::nonNull)
                .toList();
        return new PatientRow(
                Origins.of(patient, Origins.storedId(patient)),
                given.isEmpty() ? null : String.join(" ", given),
                Texts.of(name.getFamily()),
                Dates.from(patient.getBirthDateElement()),
                Texts.code(patient.getGenderElement()));
    }

    private static HumanName name(List<HumanName> names) {
        for (HumanName.NameUse use : List.of(HumanName.NameUse.OFFICIAL, HumanName.NameUse.USUAL)) {
            for (HumanName name : names) {
                if (name.getUse() == use) {
                    return name;
                }
            }
        }
        return names.isEmpty() ? new HumanName() : names.get(0);
    }

    Patient toResource(PatientRow row) {
        Patient patient = new Patient();
        Origins.identify(patient, row.origin());
        HumanName name = new HumanName().setFamily(row.lastName());
        given(row.firstName()).forEach(name::addGiven);
        if (!name.isEmpty()) {
            patient.addName(name);
        }
        PartialDate born = row.dateOfBirth();
        if (born != null) {
            patient.setBirthDateElement(new DateType(born.text()));
        }
        if (row.sex() != null) {
            patient.setGender(AdministrativeGender.fromCode(row.sex()));
        }
        return patient;
    }

    private static List<String> given(@Nullable String firstName) {
        if (firstName == null) {
            return List.of();
        }
        List<String> parts = List.of(firstName.split(" ", -1));
        // Unusual spacing is part of one name: splitting it would not come back.
        return parts.contains("") ? List.of(firstName) : parts;
    }
}
