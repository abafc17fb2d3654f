package org.holovitals.mappings;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.util.List;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.hl7.fhir.r4.model.Resource;

/** Row → FHIR → row is the identity, through FHIR's own JSON and without a loss. */
final class RowRoundTripTest {
    private static final FhirContext FHIR = FhirContext.forR4Cached();
    private final Mappings mappings = new Mappings(reference -> null);

    @Property(tries = 4000)
    void everyRowComesBackFromFhir(@ForAll("rows") List<Row> rows) {
        var resource = mappings.toResource(rows);
        assertThat(mappings.toRows(reread(resource))).isEqualTo(new Mapped.Rows(rows, List.of()));
    }

    @Property(tries = 4000)
    void theColumnsOfARowAreThoseOfItsTable(@ForAll("rows") List<Row> rows) {
        rows.forEach(Laws::hasEveryColumn);
    }

    private static Resource reread(Resource resource) {
        String json = FHIR.newJsonParser().encodeResourceToString(resource);
        return (Resource) FHIR.newJsonParser().parseResource(json);
    }

    @Provide
    Arbitrary<List<Row>> rows() {
        return Arbitraries.of(MAKERS)
                .flatMap(maker -> Arbitraries.randomValue(random -> maker.apply(new RowMaker(random))));
    }

    private static final List<Function<RowMaker, List<Row>>> MAKERS = List.of(
            make -> List.of(make.diagnosis()),
            make -> List.of(make.request()),
            make -> List.of(make.statement()),
            make -> List.of(make.allergy()),
            make -> List.of(make.vitalSign()),
            make -> List.of(make.result()),
            make -> List.of(make.procedure()),
            make -> List.of(make.immunization()),
            make -> List.of(make.patient()),
            make -> List.copyOf(make.familyHistory()),
            make -> List.of(new ResourceRowMaker(make).row()));
}
