package org.holovitals.server.cda;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DiagnosticReport.DiagnosticReportStatus;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationComponentComponent;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/** Organizers of vital signs and of results, nested or not, and observations that stand alone. */
final class Observations implements Reader {
    private static final String CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category";
    private static final String PANEL = "85354-9";
    private static final String SYSTOLIC = "8480-6";
    private static final String DIASTOLIC = "8462-4";

    private final String category;
    private final boolean isReported;

    private Observations(String category, boolean isReported) {
        this.category = category;
        this.isReported = isReported;
    }

    /** Both pressures of one measurement are one observation. */
    static Observations vitalSigns() {
        return new Observations("vital-signs", false);
    }

    /** Results of one order are one report. */
    static Observations results() {
        return new Observations("laboratory", true);
    }

    /** Smoking status and whatever else is asked of somebody's life. */
    static Observations socialHistory() {
        return new Observations("social-history", false);
    }

    /** An observation with its element. */
    private record Made(Node node, Observation observation) {}

    @Override
    public void read(Section section, Node entry) {
        if (entry.name().equals("observation")) {
            made(section, entry, Optional.empty()).ifPresent(made -> add(section, made));
        } else if (entry.name().equals("organizer")) {
            organizer(section, entry);
        } else {
            section.loss("an entry that is no observation is left out");
        }
    }

    private void organizer(Section section, Node organizer) {
        List<Made> made = new ArrayList<>();
        List<Node> nested = new ArrayList<>();
        organizer.all("component").stream().flatMap(Node::children).forEach(child -> {
            switch (child.name()) {
                case "observation" ->
                    made(section, child, organizer.first("effectiveTime")).ifPresent(made::add);
                case "organizer" -> nested.add(child);
                default -> section.loss("a part of an organizer is left out");
            }
        });
        List<String> urls = (isReported ? made : joined(section, made))
                .stream().map(each -> add(section, each)).toList();
        if (isReported && !urls.isEmpty()) {
            report(section, organizer, urls);
        }
        nested.forEach(child -> organizer(section, child));
    }

    private static String add(Section section, Made made) {
        CodeableConcept code = made.observation().getCode();
        return section.draft()
                .add(made.node(), code.getCodingFirstRep().getCode() + code.getText(), made.observation());
    }

    private Optional<Made> made(Section section, Node node, Optional<Node> time) {
        CodeableConcept code = section.types().conceptOr(node.first("code"), section.said(node));
        if (code == null) {
            section.loss("an observation without code and text is left out");
            return Optional.empty();
        } else if (node.isTrue("negationInd")) {
            section.loss("an observation that was not made is left out");
            return Optional.empty();
        }
        Observation observation = new Observation().setSubject(section.draft().patient());
        observation.setCode(code);
        observation.addCategory(Section.concept(CATEGORY, category));
        observation.setStatus(
                switch (Section.status(node)) {
                    case "completed" -> ObservationStatus.FINAL;
                    case "active" -> ObservationStatus.PRELIMINARY;
                    case "aborted", "cancelled", "canceled" -> ObservationStatus.CANCELLED;
                    case "held", "suspended", "new" -> ObservationStatus.REGISTERED;
                    default -> ObservationStatus.UNKNOWN;
                });
        Type moment = section.types().moment(node.first("effectiveTime"));
        Type effective = moment == null ? section.types().moment(time) : moment;
        if (effective != null) {
            observation.setEffective(effective);
        }
        Section.identify(node, observation::addIdentifier);
        Values values = new Values(section);
        values.set(observation, node.first("value"));
        values.ranges(node, observation);
        concepts(section, node, observation);
        return Optional.of(new Made(node, observation));
    }

    private static void concepts(Section section, Node node, Observation observation) {
        node.all("interpretationCode").stream()
                .map(code -> section.types().concept(Optional.of(code)))
                .filter(Objects::nonNull)
                .forEach(observation::addInterpretation);
        CodeableConcept method = section.types().concept(node.first("methodCode"));
        if (method != null) {
            observation.setMethod(method);
        }
        CodeableConcept site = section.types().concept(node.first("targetSiteCode"));
        if (site != null) {
            observation.setBodySite(site);
        }
        section.notes(node).forEach(observation::addNote);
        if (node.find("entryRelationship").flatMap(Node::children).anyMatch(child -> !Section.isComment(child))) {
            section.loss("what belongs to an observation is left out");
        }
    }

    /** Puts the two pressures of the same moment together (LOINC 85354-9), as FHIR's vital signs have them. */
    private static List<Made> joined(Section section, List<Made> all) {
        Map<String, Made> diastolic = new HashMap<>();
        all.forEach(made -> {
            if (isOf(made, DIASTOLIC)) {
                diastolic.put(moment(made), made);
            }
        });
        List<Made> joined = new ArrayList<>();
        List<Made> used = new ArrayList<>();
        for (Made made : all) {
            Made other = isOf(made, SYSTOLIC) ? diastolic.remove(moment(made)) : null;
            if (other != null) {
                joined.add(new Made(made.node(), panel(section, made.observation(), other.observation())));
                used.add(made);
                used.add(other);
            }
        }
        all.stream().filter(made -> !used.contains(made)).forEach(joined::add);
        return joined;
    }

    private static Observation panel(Section section, Observation systolic, Observation diastolic) {
        Observation panel = new Observation().setSubject(section.draft().patient());
        panel.setStatus(systolic.getStatus()).setCode(Section.concept(Systems.LOINC, PANEL));
        panel.setCategory(systolic.getCategory()).setEffective(systolic.getEffective());
        panel.setIdentifier(systolic.getIdentifier());
        diastolic.getIdentifier().forEach(panel::addIdentifier);
        for (Observation part : List.of(systolic, diastolic)) {
            part.getNote().forEach(panel::addNote);
            ObservationComponentComponent component = panel.addComponent().setCode(part.getCode());
            component.setValue(part.getValue()).setInterpretation(part.getInterpretation());
            component.setReferenceRange(part.getReferenceRange());
            if (part.hasDataAbsentReason()) {
                component.setDataAbsentReason(part.getDataAbsentReason());
            }
        }
        return panel;
    }

    private static boolean isOf(Made made, String code) {
        return made.observation().getCode().getCoding().stream()
                .anyMatch(coding -> Systems.LOINC.equals(coding.getSystem()) && code.equals(coding.getCode()));
    }

    private static String moment(Made made) {
        Type effective = made.observation().getEffective();
        return effective == null ? "" : String.valueOf(effective.primitiveValue());
    }

    private static void report(Section section, Node organizer, List<String> observations) {
        CodeableConcept code = section.types().concept(organizer.first("code"));
        if (code == null) {
            return;
        }
        DiagnosticReport report =
                new DiagnosticReport().setSubject(section.draft().patient());
        report.setCode(code);
        report.addCategory(Section.concept("http://terminology.hl7.org/CodeSystem/v2-0074", "LAB"));
        report.setStatus(
                switch (Section.status(organizer)) {
                    case "completed" -> DiagnosticReportStatus.FINAL;
                    case "active" -> DiagnosticReportStatus.PRELIMINARY;
                    case "aborted", "cancelled", "canceled" -> DiagnosticReportStatus.CANCELLED;
                    default -> DiagnosticReportStatus.UNKNOWN;
                });
        @Nullable Type effective = section.types().moment(organizer.first("effectiveTime"));
        if (effective != null) {
            report.setEffective(effective);
        }
        Section.identify(organizer, report::addIdentifier);
        observations.forEach(url -> report.addResult(new Reference(url)));
        section.draft().add(organizer, String.valueOf(code.getCodingFirstRep().getCode()), report);
    }
}
