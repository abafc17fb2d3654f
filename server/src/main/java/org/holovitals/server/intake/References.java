package org.holovitals.server.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes the references of a resource lead to where they will be found. */
final class References {
    /** What stands for a resource of the same import until it is written. */
    static final String PENDING = "urn:uuid:";

    private static final Pattern RELATIVE =
            Pattern.compile("(?:.*/)?([A-Z][A-Za-z]+)/([A-Za-z0-9\\-.]{1,64})(?:/_history/.*)?");

    private References() {}

    /** A reference of a file without the version that it may name. */
    static String plain(String reference) {
        int history = reference.indexOf("/_history/");
        return history < 0 ? reference : reference.substring(0, history);
    }

    /** The type that a reference names, if it does. */
    static @Nullable String type(String reference) {
        Matcher matcher = RELATIVE.matcher(reference);
        if (matcher.matches()) {
            return matcher.group(1);
        }
        int condition = reference.indexOf('?');
        return condition > 0 && reference.substring(0, condition).matches("[A-Z][A-Za-z]+")
                ? reference.substring(0, condition)
                : null;
    }

    /** Puts each target in the place of what the file has. */
    static void redirect(ObjectNode resource, Function<String, Target> targets) {
        Map<String, String> inside = new HashMap<>();
        // What is put inside changes the resource, which must not be walked through meanwhile.
        List<ObjectNode> all = new ArrayList<>();
        Trees.references(resource, all::add);
        all.forEach(reference -> {
            String text = reference.path("reference").asText();
            if (!text.startsWith("#")) {
                redirect(resource, reference, text, targets.apply(text), inside);
            }
        });
    }

    private static void redirect(
            ObjectNode resource, ObjectNode reference, String text, Target target, Map<String, String> inside) {
        if (target instanceof Target.Stored stored) {
            reference.put("reference", stored.reference());
        } else if (target instanceof Target.Pending pending) {
            reference.put("reference", PENDING + pending.entry());
        } else if (target instanceof Target.Inside contained) {
            String id = inside.computeIfAbsent(text, unknown -> contain(resource, contained.resource()));
            reference.put("reference", "#" + id);
        } else if (target instanceof Target.Words words) {
            say(reference, text, words);
        }
    }

    private static String contain(ObjectNode resource, ObjectNode contained) {
        int number = resource.path("contained").size() + 1;
        String id = "imported-" + number;
        ObjectNode copy = contained.deepCopy();
        copy.remove("meta");
        copy.remove("text");
        copy.put("id", id);
        resource.withArray("contained").add(copy);
        return id;
    }

    private static void say(ObjectNode reference, String text, Target.Words words) {
        reference.remove("reference");
        String type = type(text);
        if (type != null && !reference.has("type")) {
            reference.put("type", type);
        }
        JsonNode identifier = words.identifier();
        if (identifier != null && !reference.has("identifier")) {
            reference.set("identifier", identifier);
        }
        if (!reference.has("display")) {
            String display = words.display();
            if (display != null) {
                reference.put("display", display);
            } else if (identifier == null) {
                reference.put("display", text);
            }
        }
    }

    /** The entry that a placeholder stands for, if it is one. */
    static @Nullable UUID pending(String reference) {
        if (!reference.startsWith(PENDING)) {
            return null;
        }
        try {
            return UUID.fromString(reference.substring(PENDING.length()));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
