package org.holovitals.server.finder;

import org.springframework.jdbc.core.simple.JdbcClient;

/** The typed tables of a record, as the questions read them. */
record RecordTables(
        MedicationTable medications,
        AllergyTable allergies,
        DiagnosisTable diagnoses,
        MeasurementTables measurements,
        ProcedureTable procedures,
        ImmunizationTable immunizations,
        FamilyTable family,
        OtherTable others,
        PatientTable patients) {

    static RecordTables of(JdbcClient jdbc) {
        return new RecordTables(
                new MedicationTable(jdbc),
                new AllergyTable(jdbc),
                new DiagnosisTable(jdbc),
                new MeasurementTables(jdbc),
                new ProcedureTable(jdbc),
                new ImmunizationTable(jdbc),
                new FamilyTable(jdbc),
                new OtherTable(jdbc),
                new PatientTable(jdbc));
    }
}
