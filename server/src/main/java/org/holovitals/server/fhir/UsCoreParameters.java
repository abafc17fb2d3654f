package org.holovitals.server.fhir;

import java.util.List;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.hl7.fhir.r4.model.SearchParameter;

/** The search parameters that US Core 6.1.0 adds to R4, under the canonical URLs of the guide. */
final class UsCoreParameters {
    private static final String CANONICAL = "http://hl7.org/fhir/us/core/SearchParameter/us-core-";
    private static final String EXTENSION = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-";

    private UsCoreParameters() {}

    static List<SearchParameter> all() {
        return List.of(
                define("careteam-role", "CareTeam", "role", SearchParamType.TOKEN, "CareTeam.participant.role"),
                define(
                        "condition-asserted-date",
                        "Condition",
                        "asserted-date",
                        SearchParamType.DATE,
                        extension("Condition", "http://hl7.org/fhir/StructureDefinition/condition-assertedDate")
                                + ".value"),
                define(
                        "encounter-discharge-disposition",
                        "Encounter",
                        "discharge-disposition",
                        SearchParamType.TOKEN,
                        "Encounter.hospitalization.dischargeDisposition"),
                define("goal-description", "Goal", "description", SearchParamType.TOKEN, "Goal.description"),
                define("race", "Patient", "race", SearchParamType.TOKEN, detailsOf("race")),
                define("ethnicity", "Patient", "ethnicity", SearchParamType.TOKEN, detailsOf("ethnicity")),
                define(
                        "patient-gender-identity",
                        "Patient",
                        "gender-identity",
                        SearchParamType.TOKEN,
                        extension("Patient", EXTENSION + "genderIdentity") + ".value"));
    }

    /** Race and ethnicity are extensions that hold their codes in extensions, beside a text. */
    private static String detailsOf(String name) {
        return extension("Patient", EXTENSION + name) + ".extension.where(url != 'text').value";
    }

    private static String extension(String type, String url) {
        return type + ".extension.where(url = '" + url + "')";
    }

    private static SearchParameter define(
            String name, String type, String code, SearchParamType kind, String expression) {
        SearchParameter parameter = new SearchParameter();
        parameter.setId(name);
        parameter.setUrl(CANONICAL + name);
        parameter.setName(name);
        parameter.setStatus(PublicationStatus.ACTIVE);
        parameter.setCode(code);
        parameter.addBase(type);
        parameter.setType(kind);
        parameter.setExpression(expression);
        parameter.setDescription("US Core 6.1.0: " + type + " by " + code);
        return parameter;
    }
}
