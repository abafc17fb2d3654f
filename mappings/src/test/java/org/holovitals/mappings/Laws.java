package org.holovitals.mappings;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Resource;

/** What must hold for every resource and every row. */
final class Laws {
    private static final Set<Class<?>> COLUMN_TYPES =
            Set.of(String.class, BigDecimal.class, Integer.class, Boolean.class, Instant.class);
    /** Made of several texts of the resource, or of a part of one. */
    private static final Pattern COMPOSED =
            Pattern.compile("Patient\\.name\\.given|.*\\.note\\.text|.*\\.reasonCode\\.text"
                    + "|AllergyIntolerance\\.reaction\\.manifestation\\.text|.*\\.referenceRange\\.(text|low|high)(\\..*)?"
                    + "|Medication(Request|Statement)\\.dosage(Instruction)?\\.(text|timing.*|doseAndRate.*)"
                    + "|Observation\\.value(Range|Ratio)\\..*|[A-Za-z]+\\.(subject|patient)\\.reference");
    /** Follow from what the resource says in another unit or type, or from the Medication that it points to. */
    private static final Pattern CONCLUDED = Pattern.compile("Observation\\.component\\.valueQuantity\\..*"
            + "|FamilyMemberHistory\\.condition\\.onsetAge\\..*|FamilyMemberHistory\\.deceasedBoolean"
            + "|Medication(Request|Statement)\\.medicationReference\\.display");

    private static final Pattern BETWEEN = Pattern.compile("\\s+|\\.\\.|:|; ");

    private Laws() {}

    /** Rows of a resource have all columns, come back the same, and the resource made of them says nothing of its own. */
    static void hold(Mappings mappings, Resource resource) {
        var rows = mappings.rows(resource);
        assertThat(rows).isNotEmpty();
        rows.forEach(Laws::hasEveryColumn);
        var remade = mappings.toResource(rows);
        assertThat(mappings.rows(remade)).isEqualTo(rows);
        assertThat(mappings.toRows(resource))
                .isInstanceOfSatisfying(
                        Mapped.Rows.class, mapped -> assertThat(mapped.rows()).isEqualTo(rows));
        assertThat(invented(resource, remade)).isEmpty();
        assertThat(Losses.between(remade, mappings.toResource(mappings.rows(remade))))
                .isEmpty();
    }

    static void hasEveryColumn(Row row) {
        var columns = row.columns();
        assertThat(List.copyOf(columns.keySet()))
                .isEqualTo(Mappings.columnsByTable().get(row.table()));
        columns.values().stream().filter(value -> value != null).forEach(value -> assertThat(COLUMN_TYPES)
                .contains(value.getClass()));
    }

    private static List<Leaves.Leaf> invented(Resource original, Resource remade) {
        Set<String> values = new HashSet<>();
        Leaves.visit(original, leaf -> values.add(leaf.value()));
        Set<Leaves.Leaf> invented = new HashSet<>();
        Leaves.visit(remade, leaf -> {
            boolean said = values.contains(leaf.value())
                    || CONCLUDED.matcher(leaf.path()).matches()
                    || (COMPOSED.matcher(leaf.path()).matches() && isComposed(leaf.value(), values));
            if (!said) {
                invented.add(leaf);
            }
        });
        return List.copyOf(invented);
    }

    private static boolean isComposed(String text, Set<String> values) {
        return BETWEEN.splitAsStream(text)
                .allMatch(word -> word.equals("per") || values.stream().anyMatch(value -> value.contains(word)));
    }
}
