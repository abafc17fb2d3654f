package org.holovitals.mappings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Element;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.PrimitiveType;

/** FHIR allows any element to be absent or to say only why it has no value; the mappings must bear all of it. */
final class FadedResourcesTest {
    private static final String ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";
    private static final List<Examples.Example> EXAMPLES = Examples.handled("json/ibm/complete-mock");

    private final Mappings mappings = new Mappings(reference -> null);

    @Property(tries = 3000)
    void theLawsHoldWhenValuesAreMissing(@ForAll int example, @ForAll long seed) {
        var resource =
                EXAMPLES.get(Math.floorMod(example, EXAMPLES.size())).resource().copy();
        fade(resource, new Random(seed));
        Laws.hold(mappings, resource);
    }

    @Property(tries = 300)
    void mappingLeavesTheResourceAsItIs(@ForAll int example) {
        var resource = EXAMPLES.get(Math.floorMod(example, EXAMPLES.size())).resource();
        var before = resource.copy();
        mappings.toRows(resource);
        assertThat(resource.equalsDeep(before)).isTrue();
    }

    private static void fade(Base element, Random random) {
        for (var property : element.children()) {
            for (Base value : property.getValues()) {
                if (value instanceof PrimitiveType<?> primitive
                        && !property.getName().equals("id")) {
                    fade(primitive, random);
                } else if (value != null) {
                    fade(value, random);
                }
            }
        }
    }

    private static void fade(PrimitiveType<?> primitive, Random random) {
        switch (random.nextInt(6)) {
            case 0 -> primitive.setValueAsString(null);
            case 1 -> {
                primitive.setValueAsString(null);
                ((Element) primitive).addExtension(new Extension(ABSENT, new CodeType("unknown")));
            }
            default -> {}
        }
    }
}
