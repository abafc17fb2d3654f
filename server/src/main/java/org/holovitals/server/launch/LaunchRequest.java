package org.holovitals.server.launch;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;
import org.holovitals.server.access.Caller;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /api/launches}, in which anything may be missing or wrong. */
record LaunchRequest(
        @Nullable String client,
        @Nullable String patient,
        @Nullable String encounter,
        @Nullable String user,
        @Nullable String intent,
        @Nullable Boolean needPatientBanner,
        @Nullable String smartStyleUrl) {
    private static final Pattern FHIR_ID = Pattern.compile("[A-Za-z0-9.-]{1,64}");
    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final int LONGEST = 255;
    private static final int LONGEST_URL = 2048;

    /** The launch that is asked for; throws a problem that names the field. */
    Launch launch(Caller maker) {
        return new Launch(
                required("client", client),
                reader(maker),
                id("patient", required("patient", patient)),
                encounter == null ? null : id("encounter", encounter),
                bounded("intent", intent, LONGEST),
                needPatientBanner == null || needPatientBanner,
                style());
    }

    /** A user's own launches are for that user unless another is named; a service's for whoever may see the patient. */
    private Launch.Reader reader(Caller maker) {
        String named = bounded("user", user, LONGEST);
        if (named == null) {
            return new Launch.Reader(maker.isService() ? null : maker.subject(), null);
        }
        return UUID.matcher(named).matches()
                ? new Launch.Reader(named.toLowerCase(Locale.ROOT), null)
                : new Launch.Reader(null, named.toLowerCase(Locale.ROOT));
    }

    private @Nullable String style() {
        String url = bounded("smartStyleUrl", smartStyleUrl, LONGEST_URL);
        if (url != null && !isHttps(url)) {
            throw wrong("smartStyleUrl has to be an absolute https URL");
        }
        return url;
    }

    private static boolean isHttps(String url) {
        try {
            URI uri = URI.create(url);
            return "https".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String id(String field, String value) {
        if (!FHIR_ID.matcher(value).matches()) {
            throw wrong(field + " has to be the id of a FHIR resource, without its type");
        }
        return value;
    }

    private static String required(String field, @Nullable String value) {
        String bounded = bounded(field, value, LONGEST);
        if (bounded == null) {
            throw wrong(field + " is missing");
        }
        return bounded;
    }

    private static @Nullable String bounded(String field, @Nullable String value, int longest) {
        if (value == null) {
            return null;
        }
        if (value.isBlank() || value.length() > longest || value.chars().anyMatch(Character::isISOControl)) {
            throw wrong(field + " has to be text of 1 to " + longest + " characters");
        }
        return value;
    }

    private static Problem wrong(String detail) {
        return new Problem(ProblemType.INVALID_REQUEST, detail);
    }
}
