package org.holovitals.server.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.holovitals.server.access.Caller;
import org.holovitals.server.base.Sha256;
import org.holovitals.server.intake.ImportEntries.Found;
import org.jspecify.annotations.Nullable;

/** One comparison of a file with a record: says of each entry what it is, and remembers to what references lead by then. */
final class Comparison {
    static final String OWN_PATIENT = "is the record's own patient, who is not changed by an import";
    static final String GIVES_ACCESS = "says who may see the record, which is decided here and not by a file";
    static final String OF_NOBODY = "belongs to no patient; what refers to it keeps its name and identifier";
    static final String OF_ANOTHER = "is not about the patient of the record";
    static final String OUT_OF_SCOPE = "is more than the app's scopes, or the consent, let the caller write";
    static final String TWICE = "is in the file twice";
    static final String SAME_CONTENT = "is in the record already";
    static final String SAME_FACT = "says the same as a resource of the record";
    static final String CHANGED = "has changed since it was imported";
    static final String DIFFERS = "differs from what the record says of the same";
    static final String OTHER_VALUE = "has another value than the record for the same time";

    private static final Set<String> ABOUT_ACCESS = Set.of("Consent", "AuditEvent", "Subscription", "Contract");
    private static final String URI = "urn:ietf:rfc:3986";

    private final Tools tools;
    private final Caller caller;
    private final Import of;
    private final Contents contents;
    private final KnownRecord known;
    private final Map<Integer, Target> targets = new HashMap<>();
    private final Set<String> ownNames;

    Comparison(Tools tools, Caller caller, Import of, Contents contents, KnownRecord known) {
        this.tools = tools;
        this.caller = caller;
        this.of = of;
        this.contents = contents;
        this.known = known;
        // Whoever confirmed that a file without a patient is the record's has said whom it names.
        this.ownNames = contents.isOfSomebody() ? Set.of() : contents.missingPatients();
        contents.patients().forEach(number -> targets.put(number, own()));
    }

    /** What it needs of the server. */
    record Tools(ImportEntries entries, StoredRecord stored, Sealing sealing, Preparation.Access access) {}

    /**
     * An answer for one entry.
     *
     * @param match the record's resource that it is, if it is one
     */
    private record Outcome(
            Finding finding,
            @Nullable String reason,
            @Nullable Known match) {
        static Outcome refused(String reason) {
            return new Outcome(Finding.REFUSED, reason, null);
        }
    }

    private Target own() {
        return new Target.Stored("Patient/" + of.patient());
    }

    /** Compares an entry; those to which it refers come before it, unless they refer back to it. */
    void compare(int number, int turn, Envelope envelope) {
        Contents.Head head = contents.heads().get(number);
        ObjectNode resource = envelope.resource();
        Integer first = targets.containsKey(number) ? null : contents.repeats(number);
        Outcome outcome;
        String key = null;
        if (first != null) {
            outcome = new Outcome(Finding.DUPLICATE, TWICE, null);
            targets.put(
                    number,
                    targets.getOrDefault(
                            first,
                            new Target.Pending(contents.heads().get(first).id())));
        } else if (targets.containsKey(number)) {
            outcome = new Outcome(Finding.DUPLICATE, OWN_PATIENT, null);
        } else {
            key = sourceKey(head);
            outcome = outcome(head, resource, key);
            targets.put(number, target(head, resource, outcome));
        }
        save(head, turn, key, new Envelope(envelope.file(), envelope.fullUrl(), resource), outcome);
    }

    private void save(Contents.Head head, int turn, @Nullable String key, Envelope envelope, Outcome outcome) {
        Known match = outcome.match();
        String content = tools.sealing().content(of.record(), head.id(), envelope.json());
        tools.entries()
                .found(
                        head.id(),
                        new Found(
                                outcome.finding(),
                                outcome.reason(),
                                content,
                                key,
                                turn,
                                match == null ? null : match.id(),
                                match == null ? 0 : match.version()));
    }

    private Outcome outcome(Contents.Head head, ObjectNode resource, @Nullable String key) {
        if (ABOUT_ACCESS.contains(head.type())) {
            return Outcome.refused(GIVES_ACCESS);
        } else if (!tools.access().writes().isOfPatients(head.type())) {
            return Outcome.refused(OF_NOBODY);
        }
        References.redirect(resource, reference -> lead(head.file(), reference));
        IBaseResource parsed = tools.access().fhir().newJsonParser().parseResource(Trees.write(resource));
        if (!tools.access().writes().owners(parsed).equals(Set.of(of.patient()))) {
            return Outcome.refused(OF_ANOTHER);
        }
        Outcome outcome = match(head.type(), Likeness.of(resource), key);
        Known match = outcome.match();
        if (match != null) {
            known.take(match);
        }
        return mayWrite(outcome, parsed) ? outcome : Outcome.refused(OUT_OF_SCOPE);
    }

    private Outcome match(String type, Likeness likeness, @Nullable String key) {
        Optional<Known> again = known.at(
                        key == null
                                ? null
                                : tools.entries().known(of.record(), key).orElse(null))
                .or(() -> known.identified(likeness));
        if (again.isPresent()) {
            return again(again.get(), likeness);
        }
        return known.same(type, likeness)
                .map(same -> new Outcome(Finding.DUPLICATE, SAME_CONTENT, same))
                .or(() -> known.stating(likeness).map(same -> new Outcome(Finding.DUPLICATE, SAME_FACT, same)))
                .or(() -> known.contradicting(likeness).map(other -> new Outcome(Finding.CONFLICT, OTHER_VALUE, null)))
                .orElseGet(() -> new Outcome(Finding.NEW, null, null));
    }

    /** A later state of what came by an import takes its place; what somebody else wrote is not changed unasked. */
    private Outcome again(Known match, Likeness likeness) {
        if (match.likeness().print().equals(likeness.print())) {
            return new Outcome(Finding.DUPLICATE, SAME_CONTENT, match);
        }
        return tools.entries().wrote(of.record(), match.type(), match.id(), match.version())
                ? new Outcome(Finding.CHANGED, CHANGED, match)
                : new Outcome(Finding.CONFLICT, DIFFERS, match);
    }

    private boolean mayWrite(Outcome outcome, IBaseResource resource) {
        Known match = outcome.match();
        return switch (outcome.finding()) {
            case DUPLICATE, REFUSED -> true;
            case NEW, CHANGED, CONFLICT ->
                match == null ? tools.access().writes().mayCreate(caller, resource) : mayUpdate(match, resource);
        };
    }

    private boolean mayUpdate(Known match, IBaseResource resource) {
        return tools.stored()
                .current(match.type(), match.id())
                .map(former -> tools.access()
                        .fhir()
                        .newJsonParser()
                        .parseResource(Preparation.whole(former).json()))
                .filter(former -> tools.access().writes().mayUpdate(caller, former, resource))
                .isPresent();
    }

    /** Only an address that no other file has for something else tells that it is the same. */
    private static @Nullable String sourceKey(Contents.Head head) {
        String url = head.fullUrl();
        return url != null && (url.startsWith("urn:uuid:") || url.startsWith("urn:oid:") || url.startsWith("http"))
                ? Sha256.hex(head.type() + "|" + url)
                : null;
    }

    private Target target(Contents.Head head, ObjectNode resource, Outcome outcome) {
        Known match = outcome.match();
        if (match != null) {
            return new Target.Stored(match.reference());
        } else if (outcome.finding() != Finding.REFUSED) {
            return new Target.Pending(head.id());
        } else if (head.type().equals("Medication")) {
            return new Target.Inside(resource);
        }
        JsonNode identifier = resource.path("identifier").path(0);
        String display = display(resource);
        return tools.access().writes().isShared(head.type())
                ? shared(head.type(), identifier, display)
                : words(identifier, display);
    }

    /** One of the server's own, if it has it, else what the file says of it. */
    private Target shared(String type, JsonNode identifier, @Nullable String display) {
        Optional<String> own = identifier.path("system").isTextual()
                        && identifier.path("value").isTextual()
                ? tools.stored()
                        .identified(
                                type,
                                identifier.path("system").asText(),
                                identifier.path("value").asText())
                : Optional.empty();
        return own.<Target>map(Target.Stored::new).orElseGet(() -> words(identifier, display));
    }

    private static Target words(JsonNode identifier, @Nullable String display) {
        return new Target.Words(identifier.isObject() ? identifier : null, display);
    }

    private static @Nullable String display(ObjectNode resource) {
        JsonNode name = resource.path("name");
        if (name.isTextual()) {
            return name.asText();
        }
        String text = name.path(0).path("text").asText();
        String parts = name.path(0).path("given").path(0).asText() + " "
                + name.path(0).path("family").asText();
        String said = text.isBlank() ? parts.trim() : text;
        return said.isBlank() ? null : said;
    }

    /** To what a reference of the file leads. */
    private Target lead(int file, String reference) {
        Integer number = contents.named(file, reference);
        if (number != null) {
            Target known = targets.get(number);
            return known == null
                    ? new Target.Pending(contents.heads().get(number).id())
                    : known;
        } else if (ownNames.contains(References.plain(reference)) && ownNames.size() == 1) {
            return own();
        }
        String type = References.type(reference);
        int condition = reference.indexOf("?identifier=");
        if (condition > 0 && type != null) {
            return conditional(type, reference.substring(condition + "?identifier=".length()));
        }
        return new Target.Words(reference.contains(":") ? uri(reference) : null, null);
    }

    private Target conditional(String type, String token) {
        String decoded = decoded(token);
        int bar = decoded.indexOf('|');
        ObjectNode identifier = Trees.object();
        if (bar > 0) {
            identifier.set("system", TextNode.valueOf(decoded.substring(0, bar)));
        }
        identifier.set("value", TextNode.valueOf(decoded.substring(bar + 1)));
        return tools.access().writes().isShared(type)
                ? shared(type, identifier, null)
                : new Target.Words(identifier, null);
    }

    private static String decoded(String token) {
        try {
            return URLDecoder.decode(token, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return token;
        }
    }

    private static JsonNode uri(String reference) {
        return Trees.object().put("system", URI).put("value", reference);
    }
}
