package org.holovitals.mappings;

import org.jspecify.annotations.Nullable;

/** The vital signs that have a column of their own, by their LOINC codes and in the unit of the column. */
enum VitalSign {
    SYSTOLIC("mm[Hg]", "8480-6"),
    DIASTOLIC("mm[Hg]", "8462-4"),
    HEART_RATE("/min", "8867-4"),
    TEMPERATURE("Cel", "8310-5"),
    WEIGHT("kg", "29463-7"),
    HEIGHT("cm", "8302-2"),
    BMI("kg/m2", "39156-5"),
    OXYGEN_SATURATION("%", "2708-6", "59408-5");

    private final String unit;
    private final String loinc;
    private final String synonym;

    VitalSign(String unit, String loinc) {
        this(unit, loinc, loinc);
    }

    VitalSign(String unit, String loinc, String synonym) {
        this.unit = unit;
        this.loinc = loinc;
        this.synonym = synonym;
    }

    String unit() {
        return unit;
    }

    Code code() {
        return new Code(Systems.LOINC, loinc, null);
    }

    boolean isNamedBy(@Nullable Code code) {
        return code != null && code.isOf(Systems.LOINC) && (loinc.equals(code.code()) || synonym.equals(code.code()));
    }

    static boolean isAny(Code code) {
        for (VitalSign sign : values()) {
            if (sign.isNamedBy(code)) {
                return true;
            }
        }
        return false;
    }
}
