package org.holovitals.server.benchmark;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Another patient made of one: new ids for all that the bundle holds (not for what it refers to outside), another family
 * name, and dates that are some days earlier.
 *
 * @param number zero for the patient as he is
 */
record Variation(int number) {
    private static final Pattern HELD = Pattern.compile("\"fullUrl\"\\s*:\\s*\"urn:uuid:([0-9a-f-]{36})\"");
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern DATE = Pattern.compile("(?<=\")\\d{4}-\\d{2}-\\d{2}(?=[\"T])");
    private static final Pattern FAMILY = Pattern.compile("(\"family\"\\s*:\\s*\")([^\"]+)(\")");
    private static final int DAYS = 3;

    String of(String bundle) {
        return number == 0 ? bundle : renamed(earlier(withOtherIds(bundle)));
    }

    private String withOtherIds(String bundle) {
        Set<String> held = new HashSet<>();
        HELD.matcher(bundle).results().forEach(match -> held.add(match.group(1)));
        return ID.matcher(bundle)
                .replaceAll(match -> held.contains(match.group()) ? other(match.group()) : match.group());
    }

    private String other(String id) {
        return UUID.nameUUIDFromBytes((id + number).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    private String earlier(String bundle) {
        return DATE.matcher(bundle).replaceAll(match -> LocalDate.parse(match.group())
                .minusDays((long) DAYS * number)
                .toString());
    }

    private String renamed(String bundle) {
        Matcher family = FAMILY.matcher(bundle);
        return family.replaceAll(
                match -> Matcher.quoteReplacement(match.group(1) + match.group(2) + number + match.group(3)));
    }
}
