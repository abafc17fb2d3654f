package org.holovitals.server.finder;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code patient_family_history}, as far as the running transaction sees it. */
final class FamilyTable {
    private static final String TYPE = "FamilyMemberHistory";

    private final JdbcClient jdbc;

    FamilyTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** All but what was entered by mistake, a relative's conditions together. */
    List<Entry> of(String patient) {
        return jdbc.sql("""
                        select fhir_id, fhir_version, ordinal, relationship, condition, age_at_diagnosis
                        from holovitals.patient_family_history
                        where (status is null or status <> 'entered-in-error') and
                        """ + RecordRow.OF_PATIENT + " order by relationship, fhir_id, ordinal")
                .param("patient", patient)
                .query((row, number) -> entry(row))
                .list();
    }

    private static Entry entry(ResultSet row) throws SQLException {
        Source source = RecordRow.source(row, TYPE);
        String condition = TYPE + ".condition[" + row.getInt("ordinal") + "]";
        String age = row.getBigDecimal("age_at_diagnosis") == null
                ? null
                : row.getBigDecimal("age_at_diagnosis").toPlainString();
        Telling telling = new Telling()
                .value("", source, row.getString("relationship"), RecordRow.concept(TYPE + ".relationship"))
                .words(row.getString("condition") == null ? ": no condition is recorded" : "")
                .value(": ", source, row.getString("condition"), RecordRow.concept(condition + ".code"))
                .also(", at the age of ", source, age, condition + ".onset.value");
        return Entry.of(
                source,
                null,
                Arrays.asList(row.getString("relationship"), row.getString("condition"), "family"),
                telling);
    }
}
