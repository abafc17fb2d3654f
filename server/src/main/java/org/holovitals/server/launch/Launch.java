package org.holovitals.server.launch;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an EHR says of the launch of an app.
 *
 * @param client the only app that may open it
 * @param reader who alone may open it
 * @param patient FHIR id
 * @param encounter FHIR id of one of the patient's encounters
 */
record Launch(
        String client,
        Reader reader,
        String patient,
        @Nullable String encounter,
        @Nullable String intent,
        boolean needPatientBanner,
        @Nullable String smartStyleUrl) {

    /**
     * Who may open a launch: at most one of the two is there, and with neither it is whoever may see the patient.
     *
     * @param subject the issuer's id of the user
     * @param name the lower-case login name
     */
    record Reader(@Nullable String subject, @Nullable String name) {
        boolean is(Person person) {
            return (subject == null || subject.equals(person.subject()))
                    && (name == null || name.equalsIgnoreCase(person.name()));
        }
    }

    /** By the names of SMART App Launch 2.2, "Launch context arrives with your access token". */
    Map<String, Object> context() {
        Map<String, Object> context = new LinkedHashMap<>();
        context.put("patient", patient);
        context.put("need_patient_banner", needPatientBanner);
        put(context, "encounter", encounter);
        put(context, "intent", intent);
        put(context, "smart_style_url", smartStyleUrl);
        return context;
    }

    private static void put(Map<String, Object> context, String name, @Nullable String value) {
        if (value != null) {
            context.put(name, value);
        }
    }
}
