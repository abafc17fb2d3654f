package org.holovitals.mappings;

import java.util.function.Consumer;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Narrative;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Resource;

/** Every leaf of a resource by HAPI's own list of its elements, so that none can be forgotten. */
final class Leaves {
    /** A value at a path without indexes; an extension and a narrative are one leaf each. */
    record Leaf(String path, String value) {}

    private final Resource root;
    private final Consumer<Leaf> visitor;

    private Leaves(Resource root, Consumer<Leaf> visitor) {
        this.root = root;
        this.visitor = visitor;
    }

    static void visit(Resource resource, Consumer<Leaf> visitor) {
        new Leaves(resource, visitor).children(resource, resource.fhirType());
    }

    private void children(Base parent, String path) {
        for (Property property : parent.children()) {
            if (!property.hasValues() || Origins.holds(root, parent, property.getName())) {
                continue;
            }
            for (Base value : property.getValues()) {
                if (value != null) {
                    element(value, path + "." + name(property, value));
                }
            }
        }
    }

    /** FHIR names a choice by its type: {@code onset[x]} is {@code onsetAge}. */
    private static String name(Property property, Base value) {
        String name = property.getName();
        if (!name.endsWith("[x]")) {
            return name;
        }
        String type = value.fhirType();
        return name.substring(0, name.length() - 3) + Character.toUpperCase(type.charAt(0)) + type.substring(1);
    }

    private void element(Base value, String path) {
        if (value instanceof Extension extension) {
            visitor.accept(new Leaf(path + "('" + extension.getUrl() + "')", extensionText(extension)));
        } else if (value instanceof Narrative narrative) {
            narrative(narrative, path);
        } else {
            if (value instanceof PrimitiveType<?> primitive && primitive.hasValue()) {
                visitor.accept(new Leaf(path, primitive.getValueAsString()));
            } else if (value instanceof Resource contained) {
                visitor.accept(new Leaf(path, contained.fhirType()));
            }
            children(value, path);
        }
    }

    private void narrative(Narrative narrative, String path) {
        if (!narrative.isEmpty()) {
            visitor.accept(new Leaf(path, "narrative"));
        }
    }

    /** All that the extension says, but its url. */
    private String extensionText(Extension extension) {
        var text = new StringBuilder();
        for (Property property : extension.children()) {
            if (!property.getName().equals("url")) {
                property.getValues().forEach(value -> append(text, value, name(property, value)));
            }
        }
        return text.toString();
    }

    private void append(StringBuilder text, Base value, String path) {
        new Leaves(root, leaf -> text.append(text.isEmpty() ? "" : " ")
                        .append(leaf.path())
                        .append('=')
                        .append(leaf.value()))
                .element(value, path);
    }
}
