package org.holovitals.server.cda;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Annotation;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Identifier;
import org.jspecify.annotations.Nullable;

/**
 * A section while it is read.
 *
 * @param title for what is said of losses
 */
record Section(Node node, String title, Types types, Draft draft) {
    private static final Pattern NOTHING = Pattern.compile(
            "(?i)none|n/?a|not applicable|(?:no|none|not)\\b.*\\b(?:known|information|data|indicated|applicable|available"
                    + "|administered|recorded|reported|documented|on file)\\b.*");
    private static final String COMMENT = "2.16.840.1.113883.10.20.22.4.64";

    /** Something of it is left out. */
    void loss(String what) {
        draft.loss(title + ": " + what);
    }

    /** The ids of an entry as identifiers go to a consumer. */
    static void identify(Node entry, java.util.function.Consumer<Identifier> consumer) {
        for (Node id : entry.all("id")) {
            Identifier identifier = Types.identifier(id);
            if (identifier != null) {
                consumer.accept(identifier);
            }
        }
    }

    static CodeableConcept concept(String system, String code) {
        return new CodeableConcept().addCoding(new Coding().setSystem(system).setCode(code));
    }

    /** When an author says that he wrote it down. */
    @Nullable
    DateTimeType authored(Node entry) {
        return entry.all("author").stream()
                .map(author -> types.time(author.first("time")))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** What somebody remarked on an entry. */
    List<Annotation> notes(Node entry) {
        return entry.related(COMMENT)
                .map(this::said)
                .filter(Objects::nonNull)
                .map(text -> new Annotation().setText(text))
                .toList();
    }

    static boolean isComment(Node entry) {
        return entry.isOf(COMMENT);
    }

    /** What a text of an entry says, directly or in the narrative. */
    @Nullable
    String said(Node entry) {
        return types.narrative().of(entry.first("text"));
    }

    /** What the first within an entry says that is made after a template and says something. */
    @Nullable
    String said(Node entry, String template) {
        return entry.related(template)
                .map(this::said)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** What the material of an entry is, by its code, its name or the entry's text; null where none says so. */
    @Nullable
    CodeableConcept substance(Node entry, Optional<Node> material) {
        return types.conceptOr(
                material.flatMap(node -> node.first("code")),
                material.flatMap(node -> node.first("name")).map(Node::text).orElse(said(entry)));
    }

    /**
     * Whether an entry only says that there is nothing, as many systems fill sections without entries: "No procedure data is
     * applicable" is no procedure.
     */
    boolean isNothing(CodeableConcept code) {
        boolean isNothing = code.getCoding().isEmpty()
                && NOTHING.matcher(String.valueOf(code.getText())).matches();
        if (isNothing) {
            loss("an entry that says that there is nothing is left out");
        }
        return isNothing;
    }

    /** What an entry is about; null where it does not say so, or says that there is nothing: then it is a loss. */
    @Nullable
    CodeableConcept told(@Nullable CodeableConcept code, String without) {
        if (code == null) {
            loss(without + " is left out");
            return null;
        }
        return isNothing(code) ? null : code;
    }

    /** The name of somebody assigned; null where it is not said. */
    static @Nullable String name(Optional<Node> name) {
        return name.map(Node::text).orElse(null);
    }

    static String status(Node entry) {
        return entry.first("statusCode").map(Node::code).orElse("");
    }
}
