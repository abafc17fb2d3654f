package org.holovitals.mappings;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Age;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.FamilyMemberHistory;
import org.hl7.fhir.r4.model.FamilyMemberHistory.FamilyMemberHistoryConditionComponent;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/** {@code patient_family_history} and FamilyMemberHistory: one row per condition of the member. */
final class FamilyHistories {

    List<Row> toRows(FamilyMemberHistory member, String status) {
        if (!member.hasCondition()) {
            return List.of(row(member, status, 0, new Concept(null, null), null, Texts.notes(member.getNote())));
        }
        List<Row> rows = new ArrayList<>();
        for (FamilyMemberHistoryConditionComponent condition : member.getCondition()) {
            Concept code = Concept.from(condition.getCode(), Concept.SNOMED, Concept.ICD10_CM);
            rows.add(row(
                    member, status, rows.size(), code, age(condition.getOnset()), Texts.notes(condition.getNote())));
        }
        return rows;
    }

    private static Row row(
            FamilyMemberHistory member,
            String status,
            int ordinal,
            Concept condition,
            @Nullable BigDecimal age,
            @Nullable String notes) {
        Concept relationship = Concept.from(member.getRelationship());
        return new FamilyHistoryRow(
                Origins.of(member, member.getPatient()),
                ordinal,
                relationship.text(),
                relationship.code(),
                condition.text(),
                condition.code(),
                age,
                notes,
                status,
                deceased(member.getDeceased()));
    }

    private static @Nullable BigDecimal age(@Nullable Type onset) {
        if (onset instanceof Age age && "a".equals(Amounts.ucum(age))) {
            return Amounts.number(age);
        }
        return null;
    }

    /** A death with an age or a date is a death; a text may say anything. */
    private static @Nullable Boolean deceased(@Nullable Type deceased) {
        if (deceased instanceof BooleanType known) {
            return known.getValue();
        }
        boolean told = deceased != null && !(deceased instanceof StringType);
        return told ? Boolean.TRUE : null;
    }

    FamilyMemberHistory toResource(List<FamilyHistoryRow> rows) {
        FamilyHistoryRow first = rows.get(0);
        FamilyMemberHistory member = new FamilyMemberHistory();
        Origins.identify(member, first.origin());
        member.setPatient(Origins.patient(first.origin()));
        member.setRelationship(new Concept(first.relationship(), first.relationshipCode()).toConcept());
        if (first.deceased() != null) {
            member.setDeceased(new BooleanType(first.deceased()));
        }
        member.getStatusElement().setValueAsString(first.status());
        if (rows.size() == 1 && !hasCondition(first)) {
            member.setNote(Texts.annotations(first.notes()));
        } else {
            rows.forEach(row -> addCondition(row, member.addCondition()));
        }
        return member;
    }

    private static boolean hasCondition(FamilyHistoryRow row) {
        return row.condition() != null || row.code() != null || row.ageAtDiagnosis() != null;
    }

    private static void addCondition(FamilyHistoryRow row, FamilyMemberHistoryConditionComponent condition) {
        condition.setCode(new Concept(row.condition(), row.code()).toConcept());
        condition.setNote(Texts.annotations(row.notes()));
        if (row.ageAtDiagnosis() != null) {
            Age age = new Age();
            age.setValue(row.ageAtDiagnosis()).setSystem(Amounts.UCUM).setCode("a");
            condition.setOnset(age);
        }
    }
}
