package org.holovitals.server.cda;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Dosage;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestIntent;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestStatus;
import org.hl7.fhir.r4.model.MedicationStatement;
import org.hl7.fhir.r4.model.MedicationStatement.MedicationStatementStatus;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Range;
import org.hl7.fhir.r4.model.Timing.TimingRepeatComponent;
import org.hl7.fhir.r4.model.Timing.UnitsOfTime;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/** Medication activities: what was taken is a MedicationStatement, what is intended a MedicationRequest. */
final class Medications implements Reader {
    private static final String SIG = "2.16.840.1.113883.10.20.22.4.147";
    private static final String INSTRUCTION = "2.16.840.1.113883.10.20.22.4.20";
    private static final String INDICATION = "2.16.840.1.113883.10.20.22.4.19";
    private static final Set<String> INTENDED = Set.of("INT", "RQO", "PRP", "ARQ");
    private static final Map<String, UnitsOfTime> UNITS = Map.of(
            "s", UnitsOfTime.S,
            "min", UnitsOfTime.MIN,
            "h", UnitsOfTime.H,
            "d", UnitsOfTime.D,
            "wk", UnitsOfTime.WK,
            "mo", UnitsOfTime.MO,
            "a", UnitsOfTime.A);

    @Override
    public void read(Section section, Node entry) {
        if (entry.name().equals("act")) {
            // Those of an admission or a discharge are within an act that says which.
            entry.find("entryRelationship/substanceAdministration").forEach(each -> read(section, each));
            return;
        }
        if (!entry.name().equals("substanceAdministration")) {
            section.loss("an entry that is no medication is left out");
            return;
        }
        Optional<Node> material = entry.first("consumable/manufacturedProduct/manufacturedMaterial");
        CodeableConcept code = section.told(section.substance(entry, material), "a medication without code and name");
        if (code == null) {
            return;
        }
        if (entry.first("entryRelationship/supply").isPresent()) {
            section.loss("what was supplied of a medication is left out");
        }
        String about = code.getCodingFirstRep().getCode() + code.getText();
        if (INTENDED.contains(String.valueOf(entry.attribute("moodCode")))) {
            section.draft().add(entry, about, request(section, entry, code));
        } else {
            section.draft().add(entry, about, statement(section, entry, code));
        }
    }

    private static MedicationStatement statement(Section section, Node entry, CodeableConcept code) {
        MedicationStatement statement =
                new MedicationStatement().setSubject(section.draft().patient());
        statement.setMedication(code);
        statement.setStatus(
                entry.isTrue("negationInd")
                        ? MedicationStatementStatus.NOTTAKEN
                        : switch (Section.status(entry)) {
                            case "active" -> MedicationStatementStatus.ACTIVE;
                            case "completed" -> MedicationStatementStatus.COMPLETED;
                            case "aborted" -> MedicationStatementStatus.STOPPED;
                            case "suspended", "held" -> MedicationStatementStatus.ONHOLD;
                            default -> MedicationStatementStatus.UNKNOWN;
                        });
        Type moment = section.types().moment(course(entry));
        if (moment instanceof DateTimeType begin && isInterval(entry)) {
            statement.setEffective(new Period().setStartElement(begin));
        } else if (moment != null) {
            statement.setEffective(moment);
        }
        DateTimeType authored = section.authored(entry);
        if (authored != null) {
            statement.setDateAssertedElement(authored);
        }
        Section.identify(entry, statement::addIdentifier);
        reasons(section, entry).forEach(statement::addReasonCode);
        section.notes(entry).forEach(statement::addNote);
        dosage(section, entry).ifPresent(statement::addDosage);
        return statement;
    }

    private static MedicationRequest request(Section section, Node entry, CodeableConcept code) {
        MedicationRequest request =
                new MedicationRequest().setSubject(section.draft().patient());
        request.setMedication(code);
        request.setIntent(entry.has("moodCode", "RQO") ? MedicationRequestIntent.ORDER : MedicationRequestIntent.PLAN);
        request.setStatus(
                switch (Section.status(entry)) {
                    case "active", "new" -> MedicationRequestStatus.ACTIVE;
                    case "completed" -> MedicationRequestStatus.COMPLETED;
                    case "aborted" -> MedicationRequestStatus.STOPPED;
                    case "suspended", "held" -> MedicationRequestStatus.ONHOLD;
                    case "cancelled" -> MedicationRequestStatus.CANCELLED;
                    default -> MedicationRequestStatus.UNKNOWN;
                });
        if (entry.isTrue("negationInd")) {
            request.setDoNotPerform(true);
        }
        DateTimeType authored = section.authored(entry);
        if (authored != null) {
            request.setAuthoredOnElement(authored);
        }
        Section.identify(entry, request::addIdentifier);
        reasons(section, entry).forEach(request::addReasonCode);
        section.notes(entry).forEach(request::addNote);
        Optional<Dosage> dosage = dosage(section, entry);
        Type course = section.types().moment(course(entry));
        if (course != null) {
            Period bounds =
                    course instanceof Period period ? period : new Period().setStartElement((DateTimeType) course);
            Dosage bounded = dosage.orElseGet(Dosage::new);
            bounded.getTiming().getRepeat().setBounds(bounds);
            request.addDosageInstruction(bounded);
        } else {
            dosage.ifPresent(request::addDosageInstruction);
        }
        return request;
    }

    private static java.util.List<CodeableConcept> reasons(Section section, Node entry) {
        return entry.related(INDICATION)
                .map(indication -> section.types().concept(indication.first("value")))
                .filter(Objects::nonNull)
                .toList();
    }

    /** The time of a course is the one that says no frequency. */
    private static Optional<Node> course(Node entry) {
        return entry.all("effectiveTime").stream()
                .filter(time -> !time.type().equals("PIVL_TS") && !time.type().equals("EIVL_TS"))
                .findFirst();
    }

    private static boolean isInterval(Node entry) {
        return course(entry).filter(time -> time.first("low").isPresent()).isPresent();
    }

    private static Optional<Dosage> dosage(Section section, Node entry) {
        Dosage dosage = new Dosage();
        String text = section.said(entry, SIG);
        if (text != null) {
            dosage.setText(text);
        }
        String instruction = section.said(entry, INSTRUCTION);
        if (instruction != null) {
            dosage.setPatientInstruction(instruction);
        }
        dose(entry.first("doseQuantity"), dosage);
        CodeableConcept route = section.types().concept(entry.first("routeCode"));
        if (route != null) {
            dosage.setRoute(route);
        }
        entry.all("effectiveTime").forEach(time -> frequency(section, time, dosage));
        if (entry.first("precondition").isPresent()) {
            CodeableConcept reason = section.types().concept(entry.first("precondition/criterion/value"));
            dosage.setAsNeeded(reason == null ? new BooleanType(true) : reason);
        }
        entry.first("maxDoseQuantity").map(Values::ratio).ifPresent(dosage::setMaxDosePerPeriod);
        return dosage.isEmpty() ? Optional.empty() : Optional.of(dosage);
    }

    private static void dose(Optional<Node> node, Dosage dosage) {
        if (node.isEmpty()) {
            return;
        }
        Quantity quantity = Types.quantity(node.get());
        Quantity low = node.get().first("low").map(Types::quantity).orElse(null);
        Quantity high = node.get().first("high").map(Types::quantity).orElse(null);
        if (quantity != null) {
            dosage.addDoseAndRate().setDose(quantity);
        } else if (low != null || high != null) {
            dosage.addDoseAndRate().setDose(new Range().setLow(low).setHigh(high));
        }
    }

    private static void frequency(Section section, Node time, Dosage dosage) {
        if (time.type().equals("PIVL_TS")) {
            // Every four to six hours is a period with two ends.
            Optional<Node> period =
                    time.first("period").map(node -> node.first("low").orElse(node));
            BigDecimal value = number(period);
            UnitsOfTime unit = unit(period);
            Optional<Node> longest = time.first("period/high").filter(node -> unit(Optional.of(node)) == unit);
            if (value == null
                    || unit == null
                    || (longest.isEmpty() && time.first("period/high").isPresent())) {
                section.loss("how often a medication is taken is left out, since its period has no number");
                return;
            }
            repeat(dosage)
                    .setFrequency(1)
                    .setPeriod(value)
                    .setPeriodMax(number(longest))
                    .setPeriodUnit(unit);
        } else if (time.type().equals("EIVL_TS")) {
            String event =
                    time.first("event").map(node -> node.attribute("code")).orElse(null);
            try {
                repeat(dosage).addWhen(org.hl7.fhir.r4.model.Timing.EventTiming.fromCode(event));
            } catch (org.hl7.fhir.exceptions.FHIRException | NullPointerException e) {
                section.loss("at which event a medication is taken is left out");
            }
        }
    }

    private static @Nullable BigDecimal number(Optional<Node> quantity) {
        return quantity.map(node -> Types.number(node.attribute("value"))).orElse(null);
    }

    private static @Nullable UnitsOfTime unit(Optional<Node> quantity) {
        return quantity.map(node -> node.attribute("unit"))
                .map(unit -> UNITS.get(unit.toLowerCase(Locale.ROOT)))
                .orElse(null);
    }

    private static TimingRepeatComponent repeat(Dosage dosage) {
        return dosage.getTiming().getRepeat();
    }
}
