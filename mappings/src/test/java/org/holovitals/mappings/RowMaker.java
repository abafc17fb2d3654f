package org.holovitals.mappings;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes rows of any legal content; every value may be absent. */
final class RowMaker {
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFÄßé漢字𝔸 0123456789<>&\"'/:;.-";

    private final Random random;
    private final boolean complete;

    RowMaker(Random random) {
        this(random, false);
    }

    private RowMaker(Random random, boolean complete) {
        this.random = random;
        this.complete = complete;
    }

    /** Makes rows of which no value is absent. */
    static RowMaker complete(Random random) {
        return new RowMaker(random, true);
    }

    DiagnosisRow diagnosis() {
        var icd10 = maybe(() -> new Code(any(Systems.ICD10_CM, Systems.ICD10), word(), null));
        var snomed = new Code(Systems.SNOMED, word(), maybe(this::text));
        var date = maybe(this::date);
        return new DiagnosisRow(
                origin(),
                maybe(this::text),
                icd10,
                icd10 == null ? maybe(() -> code(Systems.SNOMED, Systems.ICD10_CM, Systems.ICD10, "urn:x")) : snomed,
                maybe(() -> any("problem-list-item", "encounter-diagnosis", "health-concern", "sdoh")),
                date,
                date == null ? null : any("asserted_date", "recorded_date"),
                maybe(this::dateOrPeriod),
                maybe(this::dateOrPeriod),
                maybe(() -> any("active", "recurrence", "relapse", "inactive", "remission", "resolved")),
                maybe(() -> any("unconfirmed", "provisional", "differential", "confirmed", "refuted")),
                maybe(() -> code(Systems.SNOMED, "urn:x")),
                maybe(this::text),
                maybe(this::text),
                maybe(() -> "Encounter/" + id()));
    }

    MedicationRow request() {
        return medication(
                "MedicationRequest",
                maybe(this::date),
                maybe(this::date),
                maybe(() -> any(
                        "active",
                        "on-hold",
                        "cancelled",
                        "completed",
                        "entered-in-error",
                        "stopped",
                        "draft",
                        "unknown")),
                maybe(() -> any("proposal", "plan", "order", "original-order", "reflex-order", "instance-order")));
    }

    MedicationRow statement() {
        var end = maybe(this::date);
        var start = end == null ? maybe(() -> any(date(), parse(date().text() + "/.."))) : maybe(this::date);
        return medication(
                "MedicationStatement",
                start,
                end,
                maybe(() -> any("active", "completed", "intended", "stopped", "on-hold", "unknown", "not-taken")),
                null);
    }

    private MedicationRow medication(
            String type,
            @Nullable PartialDate start,
            @Nullable PartialDate end,
            @Nullable String status,
            @Nullable String intent) {
        String reference = maybe(() -> any("#drug", "Medication/" + id()));
        boolean elsewhere = reference != null && !reference.startsWith("#");
        return new MedicationRow(
                origin(),
                type,
                maybe(this::text),
                elsewhere ? null : maybe(() -> code(Systems.RXNORM, Systems.SNOMED, "urn:x")),
                reference,
                maybe(() -> any(text(), "500 mg", "1.0", "2 tablets daily", "0.50 mL")),
                maybe(() -> any(text(), "3 per 1 d", "1 per 2.0 wk", "BID", "2 per day")),
                start,
                end,
                maybe(this::text),
                maybe(() -> "Practitioner/" + id()),
                maybe(this::words),
                status,
                intent);
    }

    AllergyRow allergy() {
        return new AllergyRow(
                origin(),
                maybe(this::text),
                maybe(() -> code(Systems.SNOMED, Systems.RXNORM, "urn:x")),
                maybe(() -> any("food", "medication", "environment", "biologic")),
                maybe(() -> any("allergy", "intolerance")),
                maybe(this::words),
                maybe(() -> any("mild", "moderate", "severe")),
                maybe(() -> any("low", "high", "unable-to-assess")),
                maybe(this::date),
                maybe(this::dateOrPeriod),
                maybe(() -> any("active", "inactive", "resolved")),
                maybe(() -> any("unconfirmed", "confirmed", "refuted")));
    }

    VitalSignRow vitalSign() {
        return new VitalSignRow(
                origin(),
                maybe(() -> any(any(VitalSign.values()).code(), code(Systems.LOINC, "urn:x"))),
                maybe(this::text),
                maybe(() -> any(dateOrPeriod(), instant())),
                maybe(this::amount),
                maybe(this::observationStatus),
                maybe(this::number),
                maybe(this::number));
    }

    ResultRow result() {
        return new ResultRow(
                origin(),
                maybe(() -> any("laboratory", "social-history", "survey", "my-own")),
                maybe(this::text),
                maybe(() -> code(Systems.LOINC, Systems.SNOMED, "urn:x")),
                maybe(() -> any(dateOrPeriod(), instant())),
                maybe(this::resultValue),
                maybe(() -> any(text(), "3.5..5.1 mmol/L", "..7", "1.0..", "negative")),
                maybe(() -> any("H", "L", "N", "POS")),
                maybe(this::observationStatus));
    }

    private ResultValue resultValue() {
        var amount = amount();
        String digits = amount.text() == null ? "1" : amount.text();
        return switch (any(ValueType.values())) {
            case QUANTITY -> ResultValue.amount(ValueType.QUANTITY, amount.text(), amount);
            case CODEABLE_CONCEPT ->
                new ResultValue(
                        ValueType.CODEABLE_CONCEPT, text(), null, null, maybe(() -> code(Systems.SNOMED, "urn:x")));
            case STRING -> ResultValue.text(ValueType.STRING, text());
            case BOOLEAN -> ResultValue.text(ValueType.BOOLEAN, any("true", "false"));
            case INTEGER -> ResultValue.text(ValueType.INTEGER, Integer.toString(random.nextInt()));
            case RANGE -> ResultValue.amount(ValueType.RANGE, any("..7", "1.50..", "0.5..7.00"), amount);
            case RATIO -> ResultValue.amount(ValueType.RATIO, digits + ":1.0", amount);
            case SAMPLED_DATA -> ResultValue.amount(ValueType.SAMPLED_DATA, "1 2 3.0 E L", amount);
            case TIME -> ResultValue.text(ValueType.TIME, any("10:30:00", "23:59:59"));
            case DATE_TIME -> ResultValue.text(ValueType.DATE_TIME, date().text());
            case PERIOD -> ResultValue.text(ValueType.PERIOD, period().text());
        };
    }

    ProcedureRow procedure() {
        var end = maybe(this::date);
        var start = end == null ? maybe(() -> any(date(), parse(date().text() + "/.."))) : maybe(this::date);
        return new ProcedureRow(
                origin(),
                maybe(this::text),
                maybe(() -> code(Systems.SNOMED, Systems.CPT)),
                start,
                end,
                maybe(this::text),
                maybe(() -> "Practitioner/" + id()),
                maybe(this::text),
                maybe(() -> "Location/" + id()),
                maybe(this::text),
                maybe(() -> any("preparation", "in-progress", "not-done", "on-hold", "stopped", "completed")));
    }

    ImmunizationRow immunization() {
        var date = maybe(this::date);
        return new ImmunizationRow(
                origin(),
                maybe(this::text),
                maybe(() -> code(Systems.CVX, "urn:x")),
                date,
                date == null ? maybe(this::text) : null,
                maybe(() -> any("1", "2", "booster", "007")),
                maybe(this::text),
                maybe(() -> "Organization/" + id()),
                maybe(this::text),
                maybe(() -> any("completed", "entered-in-error", "not-done")));
    }

    /** All rows of one relative. */
    List<FamilyHistoryRow> familyHistory() {
        var origin = origin();
        String relationship = maybe(this::text);
        var relationshipCode = maybe(() -> code(Systems.ROLE, "urn:x"));
        String status = maybe(() -> any("partial", "completed", "entered-in-error", "health-unknown"));
        Boolean deceased = maybe(random::nextBoolean);
        List<FamilyHistoryRow> rows = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        for (int ordinal = 0; ordinal < count; ordinal++) {
            rows.add(new FamilyHistoryRow(
                    origin,
                    ordinal,
                    relationship,
                    relationshipCode,
                    count > 1 ? text() : maybe(this::text),
                    maybe(() -> code(Systems.SNOMED, Systems.ICD10_CM, "urn:x")),
                    maybe(this::number),
                    maybe(this::text),
                    status,
                    deceased));
        }
        return rows;
    }

    PatientRow patient() {
        var origin = origin();
        return new PatientRow(
                new Origin(origin.fhirId(), origin.fhirId(), origin.version(), origin.lastUpdated()),
                maybe(this::text),
                maybe(this::text),
                maybe(this::day),
                maybe(() -> any("male", "female", "other", "unknown")));
    }

    Origin origin() {
        var updated = maybe(() -> Instant.ofEpochMilli(random.nextLong(0, 4_000_000_000_000L)));
        return new Origin(id(), maybe(this::id), random.nextInt(1000), updated);
    }

    private String observationStatus() {
        return any("registered", "preliminary", "final", "amended", "corrected", "cancelled", "unknown");
    }

    Code code(String... systems) {
        return new Code(any(systems), word(), maybe(this::text));
    }

    private Amount amount() {
        String digits = number().toPlainString();
        var text = maybe(() -> any(digits, "<" + digits, ">=" + digits, "7.00"));
        return new Amount(
                text, text == null ? word() : maybe(this::text), maybe(() -> any("kg", "mg/dL", "[degF]", "/min")));
    }

    private BigDecimal number() {
        return new BigDecimal(BigInteger.valueOf(random.nextInt(1_000_000)), random.nextInt(4));
    }

    PartialDate dateOrPeriod() {
        return random.nextInt(3) == 0 ? period() : date();
    }

    PartialDate period() {
        return any(
                parse(date().text() + "/" + date().text()), parse(date().text() + "/.."), parse("../" + date().text()));
    }

    PartialDate date() {
        String day = day().text();
        String time = "2019-05-31T23:%02d:%02d".formatted(random.nextInt(60), random.nextInt(60));
        return parse(any(day, time + "Z", time + ".50-08:00", time + ".123+05:30", time + ".123456Z"));
    }

    PartialDate instant() {
        String time = "2020-02-29T01:%02d:00.%03dZ".formatted(random.nextInt(60), random.nextInt(1000));
        return Objects.requireNonNull(PartialDate.instant(time));
    }

    PartialDate day() {
        int year = 1 + random.nextInt(9999);
        return parse(any("%04d", "%04d-02", "%04d-02-28", "%04d-12-31").formatted(year));
    }

    private static PartialDate parse(String text) {
        return Objects.requireNonNull(PartialDate.parse(text));
    }

    String text() {
        var text = new StringBuilder();
        int[] letters = LETTERS.codePoints().toArray();
        for (int i = 0; i <= random.nextInt(12); i++) {
            text.appendCodePoint(letters[random.nextInt(letters.length)]);
        }
        return "x" + text;
    }

    private String words() {
        return any(text(), text() + "; " + text());
    }

    private String word() {
        return "w" + random.nextInt(100_000);
    }

    private String id() {
        return "id-" + random.nextInt(100_000);
    }

    @SafeVarargs
    final <T> T any(T... values) {
        return values[random.nextInt(values.length)];
    }

    <T> @Nullable T maybe(Supplier<T> value) {
        return !complete && random.nextInt(3) == 0 ? null : value.get();
    }
}
