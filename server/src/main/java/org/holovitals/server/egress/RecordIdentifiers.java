package org.holovitals.server.egress;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import org.holovitals.server.database.RowAccess;
import org.holovitals.server.egress.Identifiers.Name;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads what a record knows that names its patient and others: relatives, clinicians, the user's account. */
final class RecordIdentifiers {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int YEAR = 4;
    private static final int MONTH = 7;
    private static final int DAY = 10;

    private final JdbcClient jdbc;
    private final RowAccess access;

    RecordIdentifiers(JdbcClient jdbc, RowAccess access) {
        this.jdbc = jdbc;
        this.access = access;
    }

    /** Of a FHIR Patient. */
    Identifiers of(String patient) {
        List<Name> names = new ArrayList<>();
        List<String> values = new ArrayList<>(List.of(patient));
        people(patient).forEach(json -> person(json, names, values));
        account(patient, names, values);
        access.withPatients(List.of(patient), () -> others(patient)).forEach(other -> names.add(Name.shown(other)));
        return Identifiers.of(names, values);
    }

    /** The Patient and the RelatedPersons, as they are stored. */
    private List<String> people(String patient) {
        return jdbc.sql("""
                        with patient as (
                          select res_id from fhir.hfj_resource where res_type = 'Patient' and fhir_id = ?
                        ), people as (
                          select res_id from patient
                          union
                          select l.src_resource_id from fhir.hfj_res_link l join patient p on p.res_id = l.target_resource_id
                          where l.source_resource_type = 'RelatedPerson'
                        )
                        select v.res_text_vc from people
                        join fhir.hfj_resource r on r.res_id = people.res_id
                        join fhir.hfj_res_ver v on v.res_id = r.res_id and v.res_ver = r.res_ver
                        where r.res_deleted_at is null and v.res_text_vc is not null
                        """).param(patient).query(String.class).list();
    }

    private static void person(String json, List<Name> names, List<String> values) {
        try {
            JsonNode person = JSON.readTree(json);
            name(person.path("name"), names);
            contact(person, values);
            person.path("identifier").forEach(each -> add(each.path("value"), values));
            birth(person.path("birthDate").asText(), values);
            person.path("contact").forEach(contact -> {
                name(contact.path("name"), names);
                contact(contact, values);
            });
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("only JSON is stored", e);
        }
    }

    private static void name(JsonNode name, List<Name> names) {
        if (name.isArray()) {
            name.forEach(each -> name(each, names));
        } else if (name.isObject()) {
            List<String> words = new ArrayList<>();
            add(name.path("family"), words);
            name.path("given").forEach(given -> add(given, words));
            add(name.path("text"), words);
            names.add(new Name(words));
        }
    }

    private static void contact(JsonNode person, List<String> values) {
        person.path("telecom").forEach(telecom -> add(telecom.path("value"), values));
        JsonNode address = person.path("address");
        (address.isArray() ? address : JSON.createArrayNode().add(address)).forEach(each -> {
            each.path("line").forEach(line -> add(line, values));
            for (String part : List.of("city", "district", "postalCode", "text")) {
                add(each.path(part), values);
            }
        });
    }

    private static void add(JsonNode value, List<String> values) {
        if (value.isTextual() && !value.asText().isBlank()) {
            values.add(value.asText());
        }
    }

    /** In the orders in which days are written without words. */
    private static void birth(String date, List<String> values) {
        if (date.length() == DAY) {
            String year = date.substring(0, YEAR);
            String month = date.substring(YEAR + 1, MONTH);
            String day = date.substring(MONTH + 1);
            values.addAll(List.of(year + month + day, day + month + year, month + day + year));
        }
    }

    private void account(String patient, List<Name> names, List<String> values) {
        jdbc.sql("""
                        select u.email, u.display_name from holovitals.users u
                        join holovitals.patient_keys k on k.user_id = u.id where k.fhir_id = ?
                        """).param(patient).query(row -> {
            String email = row.getString("email");
            String name = row.getString("display_name");
            if (email != null) {
                values.add(email);
            }
            if (name != null) {
                names.add(Name.of(name));
            }
        });
    }

    /** Those who treated, by the names that stand with what they did. */
    private List<String> others(String patient) {
        return jdbc.sql("""
                        with record as (
                          select r.id from holovitals.patient_repositories r join holovitals.patients p on p.id = r.patient_id
                          where p.fhir_id = ?
                        )
                        select prescribed_by from holovitals.patient_medications
                        where repository_id = (select id from record) and prescribed_by is not null
                        union
                        select performed_by from holovitals.patient_procedures
                        where repository_id = (select id from record) and performed_by is not null
                        union
                        select location from holovitals.patient_procedures
                        where repository_id = (select id from record) and location is not null
                        union
                        select administered_by from holovitals.patient_immunizations
                        where repository_id = (select id from record) and administered_by is not null
                        """).param(patient).query(String.class).list();
    }
}
