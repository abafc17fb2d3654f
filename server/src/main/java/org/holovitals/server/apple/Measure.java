package org.holovitals.server.apple;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What Apple Health measures and LOINC has a plain code for, with the units that it may be in. */
enum Measure {
    HEART_RATE("HeartRate", "Heart rate", "vital-signs", Map.of("count/min", "/min"), "8867-4"),
    RESTING_HEART_RATE("RestingHeartRate", "Resting heart rate", "vital-signs", Map.of("count/min", "/min"), "40443-4"),
    HEART_RATE_VARIABILITY(
            "HeartRateVariabilitySDNN", "Heart rate variability", "vital-signs", Map.of("ms", "ms"), "80404-7"),
    RESPIRATORY_RATE("RespiratoryRate", "Respiratory rate", "vital-signs", Map.of("count/min", "/min"), "9279-1"),
    OXYGEN_SATURATION("OxygenSaturation", "Oxygen saturation", "vital-signs", Map.of("%", "%"), "2708-6", "59408-5"),
    BODY_TEMPERATURE(
            "BodyTemperature",
            "Body temperature",
            "vital-signs",
            Map.of("degC", "Cel", "degF", "[degF]", "K", "K"),
            "8310-5"),
    BODY_MASS(
            "BodyMass",
            "Body weight",
            "vital-signs",
            Map.of("kg", "kg", "g", "g", "lb", "[lb_av]", "st", "[stone_av]"),
            "29463-7"),
    LEAN_BODY_MASS(
            "LeanBodyMass",
            "Lean body weight",
            "vital-signs",
            Map.of("kg", "kg", "g", "g", "lb", "[lb_av]", "st", "[stone_av]"),
            "91557-9"),
    BODY_FAT("BodyFatPercentage", "Body fat", "vital-signs", Map.of("%", "%"), "41982-0"),
    BODY_MASS_INDEX("BodyMassIndex", "Body mass index", "vital-signs", Map.of("count", "kg/m2"), "39156-5"),
    HEIGHT("Height", "Body height", "vital-signs", Units.LENGTHS, "8302-2"),
    WAIST("WaistCircumference", "Waist circumference", "vital-signs", Units.LENGTHS, "8280-0"),
    /** Apple keeps both pressures of a measurement together in a correlation. */
    BLOOD_PRESSURE("BloodPressure", "Blood pressure", "vital-signs", Map.of("mmHg", "mm[Hg]", "kPa", "kPa"), "85354-9"),
    /** LOINC tells mass and amount of substance apart by the code. */
    GLUCOSE_MASS("BloodGlucose", "Glucose", "laboratory", Map.of("mg/dL", "mg/dL", "g/L", "g/L"), "2339-0"),
    GLUCOSE_MOLES("BloodGlucose", "Glucose", "laboratory", Map.of("mmol/L", "mmol/L"), "15074-8"),
    PEAK_FLOW("PeakExpiratoryFlowRate", "Peak expiratory flow", "vital-signs", Map.of("L/min", "L/min"), "19935-6"),
    VITAL_CAPACITY(
            "ForcedVitalCapacity", "Forced vital capacity", "vital-signs", Map.of("L", "L", "mL", "mL"), "19870-5"),
    EXPIRATORY_VOLUME("ForcedExpiratoryVolume1", "FEV1", "vital-signs", Map.of("L", "L", "mL", "mL"), "20150-9"),
    STEPS("StepCount", "Number of steps", "activity", Map.of("count", "{steps}"), "55423-8");

    static final String SYSTOLIC_TYPE = "HKQuantityTypeIdentifierBloodPressureSystolic";
    static final String DIASTOLIC_TYPE = "HKQuantityTypeIdentifierBloodPressureDiastolic";
    static final String PRESSURES_TYPE = "HKCorrelationTypeIdentifierBloodPressure";
    static final String SYSTOLIC = "8480-6";
    static final String DIASTOLIC = "8462-4";

    private static final String QUANTITY = "HKQuantityTypeIdentifier";

    private static final Map<String, List<Measure>> BY_TYPE = Arrays.stream(values())
            .filter(measure -> measure != BLOOD_PRESSURE)
            .collect(Collectors.groupingBy(measure -> QUANTITY + measure.type));

    private final String type;
    private final String title;
    private final String category;
    private final ImmutableMap<String, String> units;
    private final ImmutableList<String> codes;

    Measure(String type, String title, String category, Map<String, String> units, String... codes) {
        this.type = type;
        this.title = title;
        this.category = category;
        this.units = ImmutableMap.copyOf(units);
        this.codes = ImmutableList.copyOf(codes);
    }

    /** Whether one of a type is taken, in whatever unit. */
    static boolean isTaken(String type) {
        return BY_TYPE.containsKey(type);
    }

    /** The one of a type in a unit of Apple's; null where there is none. */
    static @Nullable Measure of(String type, String unit) {
        return BY_TYPE.getOrDefault(type, List.of()).stream()
                .filter(measure -> measure.unit(unit) != null)
                .findFirst()
                .orElse(null);
    }

    String title() {
        return title;
    }

    /** A code of FHIR's system observation-category. */
    String category() {
        return category;
    }

    /** LOINC's codes, which mean the same. */
    List<String> codes() {
        return codes;
    }

    /** UCUM's code for a unit of Apple's; null for one in which this is not measured. */
    @Nullable
    String unit(String unit) {
        return units.get(Units.plain(unit));
    }

    /** Whether its readings are counts of spans of time, which say the same added up. */
    boolean isSum() {
        return this == STEPS;
    }

    /** Whether Apple writes a hundredth of what the unit says. */
    boolean isShare() {
        return units.containsKey("%");
    }
}
