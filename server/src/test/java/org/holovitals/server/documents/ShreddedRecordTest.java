package org.holovitals.server.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.holovitals.migrations.Login;
import org.holovitals.server.vault.KeyCare;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;

/** Records of which the key of one was destroyed, by every route that serves what is sealed. */
final class ShreddedRecordTest extends DocumentFixture {
    private static final Pattern PROBLEM = Pattern.compile("urn:holovitals:problem:([a-z-]+)");

    private final ApplicationContext context;
    private final KeyCare care;

    @Autowired
    ShreddedRecordTest(ApplicationContext context, KeyCare care, Login login, Environment environment) {
        super(login, environment);
        this.context = context;
        this.care = care;
    }

    @BeforeEach
    void anEmptyQueue() {
        nothingIsToBeRead();
    }

    /** The status, and the type of the problem where there is one. */
    private static String outcome(String answer) {
        Matcher problem = PROBLEM.matcher(answer);
        return answer.substring(0, 3) + (problem.find() ? " " + problem.group(1) : "");
    }

    @Test
    void nothingOfTheOneIsReadOrAddedAndEverythingOfTheOtherIsAsItWas() {
        FilledRecord ann = new FilledRecord(this, context, "Quagga");
        FilledRecord bob = new FilledRecord(this, context, "Tapir");
        assertThat(ann.answers().values()).allMatch(answer -> outcome(answer).equals("200"));
        Map<String, String> bobs = bob.answers();
        assertThat(bobs.values().stream().filter(answer -> answer.contains("Tapir")))
                .hasSizeGreaterThan(7);
        String late =
                FilledRecord.made(upload(ann.app.token(), utf8("not read yet " + UUID.randomUUID()), "late.txt", ""));

        assertThat(care.shred(ann.app.patient())).isTrue();
        FilledRecord.readAndIndex(context);

        Map<String, String> anns = ann.answers();
        assertThat(anns.values()).noneMatch(answer -> answer.contains("Quagga"));
        Map<String, List<String>> outcomes = new TreeMap<>();
        anns.forEach((name, answer) -> outcomes.computeIfAbsent(outcome(answer), key -> new ArrayList<>())
                .add(name));
        assertThat(outcomes)
                .isEqualTo(Map.of(
                        "200",
                        List.of(
                                "documents",
                                "document",
                                "events",
                                "DocumentReference",
                                "DocumentReferences",
                                "conversations",
                                "conversation",
                                "analyses",
                                "analysis"),
                        "410",
                        List.of("Binary", "inline Binary"),
                        "410 document-unreadable",
                        List.of("content", "note", "text", "values", "crop", "search"),
                        "410 sealed-unreadable",
                        List.of("review", "item", "imports", "import", "entries")));
        assertThat(json(call(ann.app.token(), "GET", "/api/documents/" + late), 200)
                        .path("failure")
                        .asText())
                .isEqualTo("unreadable");
        assertThat(ann.writes.entrySet().stream()
                        .map(each -> post(ann.app.token(), each.getKey(), each.getValue()))
                        .map(answer -> outcome(FilledRecord.answer(answer))))
                .containsExactly(
                        "410 sealed-unreadable",
                        "409 conflict",
                        "410 sealed-unreadable",
                        "409 conflict",
                        "409 conflict",
                        "409",
                        "409");
        assertThat(problem(upload(ann.app.token(), utf8("one more"), "more.txt", "")))
                .isEqualTo("conflict 409");
        assertThat(bob.answers()).isEqualTo(bobs);
    }
}
