package org.holovitals.server.reading;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Makes requests up, of values that are in the index and of some that are not. */
final class Requests {
    private static final Pattern ELEMENTS = Pattern.compile("_elements=([^&]+)");
    private static final List<String> PREFIXES = List.of("", "", "eq", "ne", "gt", "lt", "ge", "le", "sa", "eb");

    private final JdbcClient jdbc;
    private final Random random;
    private final List<String> patients;
    private final Callers callers;
    private final Map<String, List<Resource>> resources = new HashMap<>();

    Requests(JdbcClient jdbc, Random random, List<String> patients, Callers callers) {
        this.jdbc = jdbc;
        this.random = random;
        this.patients = patients;
        this.callers = callers;
    }

    /**
     * A request.
     *
     * @param path with its query, behind the base
     * @param caller who asks, in words
     * @param key what a resource in the answer is sorted by
     */
    record Request(String path, String caller, String token, Function<JsonNode, String> key) {
        boolean isEverything() {
            return path.contains("$everything");
        }

        /** The elements that are asked for; none for whole resources. */
        Set<String> elements() {
            Matcher elements = ELEMENTS.matcher(path);
            return elements.find() ? Set.of(elements.group(1).split(",")) : Set.of();
        }
    }

    private record Resource(long key, String type, String id, long version) {}

    private record Value(String name, String system, String text) {}

    Request next() {
        String patient = one(patients);
        Resource resource = one(resources(patient));
        Callers.Named caller = one(callers.of(patient));
        int kind = random.nextInt(50);
        if (kind == 0) {
            return new Request(
                    "/Patient/" + patient + "/$everything?_count=" + one(List.of(50, 200)) + cut("&"),
                    caller.name(),
                    caller.token().get(),
                    any -> "");
        } else if (kind < 11) {
            String path = "/" + resource.type() + "/" + resource.id();
            return new Request(
                    (kind < 8 ? path : path + "/_history/" + resource.version()) + cut("?"),
                    caller.name(),
                    caller.token().get(),
                    any -> "");
        }
        List<String> query = new ArrayList<>(List.of(patient(patient, resource)));
        for (int i = random.nextInt(3); i > 0; i--) {
            query.addAll(parameter(resource));
        }
        String sort = sort(resource);
        if (!sort.isEmpty()) {
            query.add("_sort=" + sort);
        }
        if (random.nextBoolean()) {
            query.add("_count=" + one(List.of(20, 50, 200, 1000)));
        }
        if (random.nextInt(3) == 0) {
            query.add("_total=" + one(List.of("accurate", "none", "estimate")));
        }
        if (random.nextInt(12) == 0) {
            query.add("_summary=count");
        } else if (random.nextInt(5) == 0) {
            query.add(companion(resource));
        }
        return new Request(
                "/" + resource.type() + "?" + String.join("&", query) + cut("&"),
                caller.name(),
                caller.token().get(),
                key(resource.type(), sort));
    }

    /** Now and then only some elements are wanted. */
    private String cut(String separator) {
        return random.nextInt(8) > 0
                ? ""
                : separator + "_elements="
                        + one(List.of(
                                "id",
                                "status,code",
                                "subject",
                                "value,effective",
                                "identifier,meta,text",
                                "Patient.name,Observation.status,Encounter.period"));
    }

    private List<Resource> resources(String patient) {
        return resources.computeIfAbsent(patient, id -> jdbc.sql("""
                        select distinct r.res_id, r.res_type, r.fhir_id, r.res_ver from fhir.hfj_res_link l
                        join fhir.hfj_resource p on p.res_id = l.target_resource_id
                        join fhir.hfj_resource r on r.res_id = l.src_resource_id
                        where p.res_type = 'Patient' and p.fhir_id = ? and r.res_type <> 'AuditEvent'
                        order by r.res_id
                        """)
                .param(id)
                .query((row, number) ->
                        new Resource(row.getLong(1), row.getString(2), row.getString(3), row.getLong(4)))
                .list());
    }

    /** In one of the spellings of the parameter that the resource is found by. */
    private String patient(String id, Resource resource) {
        String name = resource.type().equals("Appointment")
                ? "patient"
                : jdbc.sql("""
                                select count(*) from fhir.hfj_res_link where src_resource_id = ? and src_path = ?
                                """)
                                        .params(resource.key(), resource.type() + ".subject")
                                        .query(Integer.class)
                                        .single()
                                > 0
                        ? one(List.of("patient", "subject"))
                        : "patient";
        return one(List.of(
                name + "=Patient/" + id,
                name + ":Patient=" + id,
                name.equals("patient") ? "patient=" + id : "subject=Patient/" + id));
    }

    private List<String> parameter(Resource resource) {
        return switch (random.nextInt(8)) {
            case 0, 1, 2, 3 -> token(resource);
            case 4, 5 -> date(resource);
            case 6 ->
                random.nextBoolean()
                        ? updated(resource)
                        : List.of("_id=" + resource.id() + one(List.of("", ",nobody", "," + resource.id())));
            default -> reference(resource);
        };
    }

    private List<String> token(Resource resource) {
        List<Value> values = values("""
                select sp_name, coalesce(sp_system, ''), coalesce(sp_value, '') from fhir.hfj_spidx_token
                where res_id = ? and sp_name not like '\\_%' and sp_name not like '%:%' and sp_value is not null order by 1, 2, 3
                """, resource);
        if (values.isEmpty()) {
            return List.of();
        }
        Value value = one(values);
        String text = spelled(value);
        if (random.nextInt(5) == 0) {
            text += ","
                    + one(List.of(
                            "nothing",
                            spelled(one(values.stream()
                                    .filter(other -> other.name().equals(value.name()))
                                    .toList()))));
        }
        return List.of(value.name() + (random.nextInt(6) == 0 ? ":not" : "") + "=" + encoded(text));
    }

    private String spelled(Value value) {
        String code = value.text().replaceAll("([,|$\\\\])", "\\\\$1");
        return switch (random.nextInt(5)) {
            case 0 -> value.system().isEmpty() ? "|" + code : value.system() + "|";
            case 1, 2 -> value.system() + "|" + code;
            case 3 -> "|" + code;
            default -> code;
        };
    }

    private List<String> date(Resource resource) {
        List<Value> values = values("""
                select sp_name, '', to_char(coalesce(sp_value_low, sp_value_high), 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
                from fhir.hfj_spidx_date where res_id = ? and sp_name not like '%:%' order by 1, 3
                """, resource);
        if (values.isEmpty()) {
            return List.of();
        }
        Value value = one(values);
        String text = value.text();
        String date =
                switch (random.nextInt(6)) {
                    case 0 -> text.substring(0, 4);
                    case 1 -> text.substring(0, 7);
                    case 2, 3 -> text.substring(0, 10);
                    case 4 -> text.substring(0, 19) + one(List.of("Z", "+05:30", "-08:00"));
                    default -> text;
                };
        if (random.nextInt(4) == 0) {
            return List.of(
                    value.name() + "=" + one(List.of("ge", "gt", "sa")) + encoded(text.substring(0, 10)),
                    value.name() + "=" + one(List.of("le", "lt", "eb")) + encoded(date));
        }
        return List.of(value.name() + "=" + one(PREFIXES) + encoded(date));
    }

    private List<String> updated(Resource resource) {
        String text = values("""
                select '', '', to_char(res_updated, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') from fhir.hfj_resource where res_id = ?
                """, resource).get(0).text();
        return List.of("_lastUpdated=" + one(List.of("", "gt", "ge", "lt", "le", "sa", "eb"))
                + encoded(text.substring(0, one(List.of(4, 7, 10, 24)))));
    }

    private List<String> reference(Resource resource) {
        List<Value> values = values("""
                select 'encounter', '', 'Encounter/' || t.fhir_id from fhir.hfj_res_link l
                join fhir.hfj_resource t on t.res_id = l.target_resource_id
                where l.src_resource_id = ? and t.res_type = 'Encounter' and l.src_path like '%.encounter' order by 3
                """, resource);
        return values.isEmpty() ? List.of() : List.of("encounter=" + one(values).text());
    }

    /** Something that comes along, or does not. */
    private String companion(Resource resource) {
        if (resource.type().equals("Encounter")) {
            return "_include=Encounter:participant&_include=Encounter:service-provider&_revinclude=Observation:encounter";
        } else if (resource.type().equals("MedicationRequest") && random.nextBoolean()) {
            return "_include=MedicationRequest:requester&_include=MedicationRequest:medication";
        }
        return one(List.of(
                "_include=" + resource.type() + ":patient",
                "_include=" + resource.type() + ":patient:Patient&_revinclude=Provenance:target",
                "_include=" + resource.type() + ":subject:Group",
                "_revinclude=Provenance:target",
                "_revinclude=Observation:derived-from"));
    }

    private List<Value> values(String sql, Resource resource) {
        return jdbc.sql(sql)
                .param(resource.key())
                .query((row, number) -> new Value(row.getString(1), row.getString(2), row.getString(3)))
                .list();
    }

    private String sort(Resource resource) {
        List<String> dates = jdbc.sql(
                        "select distinct sp_name from fhir.hfj_spidx_date where res_id = ? and sp_name not like '%:%' order by 1")
                .param(resource.key())
                .query(String.class)
                .list();
        if (random.nextInt(3) > 0 || dates.isEmpty()) {
            return random.nextInt(12) == 0 ? "-_lastUpdated" : "";
        }
        return one(List.of("", "-")) + one(dates);
    }

    private Function<JsonNode, String> key(String type, String sort) {
        String name = sort.replaceFirst("^-", "");
        if (name.isEmpty()) {
            return any -> "";
        } else if (name.equals("_lastUpdated")) {
            return resource -> resource.path("meta").path("lastUpdated").asText();
        }
        return resource -> String.valueOf(jdbc.sql("""
                        select min(d.sp_value_low) from fhir.hfj_spidx_date d
                        join fhir.hfj_resource r on r.res_id = d.res_id
                        where r.res_type = ? and r.fhir_id = ? and d.sp_name = ?
                        """)
                .params(type, resource.path("id").asText(), name)
                .query(String.class)
                .optional());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private <T> T one(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
