package org.holovitals.mappings;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.hl7.fhir.r4.model.Age;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.FamilyMemberHistory;
import org.hl7.fhir.r4.model.FamilyMemberHistory.FamilyMemberHistoryConditionComponent;
import org.hl7.fhir.r4.model.Range;
import org.jspecify.annotations.Nullable;

/** {@code patient_family_history} ⇄ FamilyMemberHistory, which has a row for each of its conditions. */
final class FamilyHistory {
    private static final List<String> PREFERRED = List.of(Systems.SNOMED, Systems.ICD10_CM);
    private static final List<String> RELATIONSHIPS = List.of(Systems.ROLE);
    private static final String YEARS = "a";

    private FamilyHistory() {}

    static List<FamilyHistoryRow> rows(FamilyMemberHistory member) {
        var conditions = member.getCondition();
        if (conditions.isEmpty()) {
            return List.of(row(member, 0, new CodeableConcept(), null, Texts.notes(member.getNote())));
        }
        return IntStream.range(0, conditions.size())
                .mapToObj(i -> row(member, i, conditions.get(i)))
                .toList();
    }

    private static FamilyHistoryRow row(
            FamilyMemberHistory member, int ordinal, FamilyMemberHistoryConditionComponent condition) {
        var age = condition.getOnset() instanceof Age onset ? Ucum.in(YEARS, onset) : null;
        return row(member, ordinal, condition.getCode(), age, Texts.notes(condition.getNote()));
    }

    private static FamilyHistoryRow row(
            FamilyMemberHistory member,
            int ordinal,
            CodeableConcept condition,
            @Nullable BigDecimal age,
            @Nullable String notes) {
        var relationship = Concepts.code(member.getRelationship(), RELATIONSHIPS);
        var code = Concepts.code(condition, PREFERRED);
        return new FamilyHistoryRow(
                Origins.of(member, member.getPatient()),
                ordinal,
                Concepts.name(member.getRelationship(), relationship),
                relationship,
                Concepts.name(condition, code),
                code,
                age,
                notes,
                Texts.value(member.getStatusElement()),
                deceased(member));
    }

    /** Whoever died at an age or on a day has died; words may say anything. */
    private static @Nullable Boolean deceased(FamilyMemberHistory member) {
        var deceased = member.getDeceased();
        if (deceased instanceof BooleanType flag) {
            return flag.getValue();
        }
        boolean died = deceased instanceof Age || deceased instanceof Range || deceased instanceof DateType;
        return (died && !deceased.isEmpty()) ? true : null;
    }

    static FamilyMemberHistory resource(List<FamilyHistoryRow> rows) {
        var ordered = rows.stream()
                .sorted(Comparator.comparingInt(FamilyHistoryRow::ordinal))
                .toList();
        var first = ordered.get(0);
        var member = Origins.stamp(new FamilyMemberHistory(), first.origin());
        member.setPatient(References.patient(first.origin()));
        member.setRelationship(Concepts.concept(first.relationshipCode(), first.relationship()));
        Codes.set(member, "status", first.status());
        if (first.deceased() != null) {
            member.setDeceased(new BooleanType(first.deceased()));
        }
        if (ordered.size() == 1 && !hasCondition(first)) {
            Texts.notes(first.notes()).forEach(member::addNote);
        } else {
            ordered.forEach(row -> member.addCondition(condition(row)));
        }
        return member;
    }

    private static boolean hasCondition(FamilyHistoryRow row) {
        return row.condition() != null || row.code() != null || row.ageAtDiagnosis() != null;
    }

    private static FamilyMemberHistoryConditionComponent condition(FamilyHistoryRow row) {
        var condition = new FamilyMemberHistoryConditionComponent();
        condition.setCode(Concepts.concept(row.code(), row.condition()));
        condition.setOnset(age(row.ageAtDiagnosis()));
        Texts.notes(row.notes()).forEach(condition::addNote);
        return condition;
    }

    private static @Nullable Age age(@Nullable BigDecimal years) {
        if (years == null) {
            return null;
        }
        var age = new Age();
        age.setValueElement(Numbers.decimal(years));
        age.setSystem(Systems.UCUM).setCode(YEARS);
        return age;
    }
}
