package org.holovitals.server.review;

import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.DomainResource;
import org.holovitals.server.documents.SharedDocuments.Sheet;
import org.holovitals.server.labs.Gate;
import org.holovitals.server.labs.LabChecks;
import org.holovitals.server.labs.LabChecks.Checked;
import org.holovitals.server.labs.LabChecks.Reading;
import org.holovitals.server.labs.Measurement;
import org.holovitals.server.problem.Problem;
import org.holovitals.server.problem.ProblemType;
import org.holovitals.server.review.Choice.Deed;
import org.holovitals.server.review.Views.GateView;
import org.jspecify.annotations.Nullable;

/** What a value means, as it was read or as somebody says; the gates look at what is said, too. */
final class Readings {
    /** What a person who has seen the page may know better. */
    private static final Set<Gate> DOUBTS = EnumSet.of(Gate.PLAUSIBLE, Gate.POINT);

    private static final int LONGEST = 150;

    private final LabChecks checks;

    Readings(LabChecks checks) {
        this.checks = checks;
    }

    /** As it was read; null where its unit is none in which this is measured. */
    @Nullable
    Measurement read(Candidate opened) {
        if (opened.kind() != Kind.LAB) {
            return null;
        }
        return checks.check(reading(opened)).map(Checked::measurement).orElse(null);
    }

    private static Reading reading(Candidate opened) {
        return new Reading(
                opened.found().name(),
                opened.found().value(),
                opened.found().unit(),
                opened.found().range());
    }

    /** What each gate said when it was read; there are none for words. */
    static List<GateView> gates(Candidate candidate) {
        if (candidate.kind() != Kind.LAB) {
            return List.of();
        }
        return Stream.of(Gate.values())
                .map(gate -> {
                    boolean isPassed = !candidate.found().failed().contains(gate.code());
                    return new GateView(gate.code(), isPassed, gate.words(isPassed));
                })
                .toList();
    }

    /**
     * What goes into the record.
     *
     * @param resource by who says it
     */
    record Settled(Ruling ruling, Function<Witness, DomainResource> resource) {}

    /** What somebody says it is; a problem where that cannot be, or nobody knows when it was. */
    Settled settled(Candidate opened, Choice choice, Sheet document, @Nullable LocalDate date) {
        String patient = document.whose().patient();
        if (opened.kind() == Kind.LAB) {
            Measurement measurement = meant(opened, choice);
            Ruling ruling = ruling(opened, choice, measurement, date);
            return new Settled(ruling, witness -> Results.of(patient, opened.id(), measurement, ruling, witness));
        }
        String text = words(opened, choice);
        return new Settled(
                new Ruling(text, null, null, null, date, null),
                opened.kind() == Kind.MEDICATION
                        ? witness -> Statements.medication(patient, opened.id(), text, date, witness)
                        : witness -> Statements.allergy(patient, opened.id(), text, date, witness));
    }

    private static String words(Candidate opened, Choice choice) {
        if (choice.deed() == Deed.CONFIRM) {
            return opened.found().value();
        }
        String text = choice.value() == null ? "" : choice.value().strip();
        if (text.isEmpty() || text.length() > LONGEST || text.chars().anyMatch(Character::isISOControl)) {
            throw new Problem(ProblemType.INVALID_REQUEST, "value has to be a line of 1 to " + LONGEST + " characters");
        }
        return text;
    }

    /** What somebody says a value is; a problem where that cannot be, or is doubtful and he does not insist. */
    private Measurement meant(Candidate opened, Choice choice) {
        Checked checked = checks.check(said(opened, choice))
                .orElseThrow(() -> new Problem(
                        ProblemType.INVALID_REQUEST,
                        "value has to be a number with a point, with <, >, ≤ or ≥ before it or without"));
        Measurement measurement = checked.measurement();
        if (measurement == null) {
            throw new Problem(ProblemType.INVALID_REQUEST, "unit is none in which this is measured");
        }
        if (checked.failed().contains(Gate.RANGE)) {
            throw new Problem(
                    ProblemType.INVALID_REQUEST,
                    "referenceRange has to be two numbers with a hyphen, the lower first, or one behind < or >");
        }
        Set<Gate> doubts = EnumSet.copyOf(DOUBTS);
        doubts.retainAll(checked.failed());
        if (!doubts.isEmpty() && !choice.insist()) {
            throw new Problem(
                    ProblemType.VALUE_DOUBTFUL,
                    doubts.stream().map(gate -> gate.words(false)).collect(Collectors.joining(". ")));
        }
        return choice.code() == null
                ? measurement
                : measurement
                        .under(choice.code())
                        .orElseThrow(() -> new Problem(ProblemType.INVALID_REQUEST, "code does not go with this unit"));
    }

    private Reading said(Candidate opened, Choice choice) {
        if (choice.deed() == Deed.CONFIRM) {
            return reading(opened);
        }
        if (!choice.isCorrecting()) {
            throw new Problem(ProblemType.INVALID_REQUEST, "value, unit, referenceRange or code has to be said");
        }
        return new Reading(
                choice.code() == null ? opened.found().name() : name(choice.code()),
                or(choice.value(), opened.found().value()),
                choice.unit() == null ? opened.found().unit() : choice.unit(),
                range(opened, choice));
    }

    private String name(String code) {
        return checks.nameOf(code)
                .orElseThrow(
                        () -> new Problem(ProblemType.INVALID_REQUEST, "code is none of LOINC that is known here"));
    }

    /** An empty one says that there is none. */
    private static @Nullable String range(Candidate opened, Choice choice) {
        String said = choice.referenceRange() == null
                ? opened.found().range()
                : choice.referenceRange().strip();
        return said == null || said.isEmpty() ? null : said;
    }

    private static String or(@Nullable String said, String read) {
        return said == null ? read : said.strip();
    }

    /** What is kept of it, and goes into the record. */
    private Ruling ruling(Candidate opened, Choice choice, Measurement measurement, @Nullable LocalDate date) {
        if (date == null) {
            throw new Problem(
                    ProblemType.INVALID_REQUEST,
                    "Neither the page nor the document says plainly when this was, so date has to");
        }
        Reading said = said(opened, choice);
        return new Ruling(said.value(), said.unit(), said.range(), measurement.code(), date, null);
    }
}
