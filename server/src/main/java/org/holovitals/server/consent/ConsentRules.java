package org.holovitals.server.consent;

import static org.holovitals.server.consent.ConsentReader.PROVISION;
import static org.holovitals.server.consent.ConsentReader.codes;
import static org.holovitals.server.consent.ConsentReader.refuse;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.StringType;
import org.holovitals.server.access.Consents.Action;
import org.holovitals.server.access.Consents.Part;
import org.holovitals.server.access.Consents.Permission;

/** Reads what the rules of a Consent are about: parts of the record, actions, and what they are tied to. */
final class ConsentRules {
    private ConsentRules() {}

    /** What a rule permits by itself, or by its subrules of one level. */
    static Set<Permission> permitted(ProvisionComponent provision) throws Unenforceable {
        if (!provision.hasProvision()) {
            return permitted(provision, PROVISION);
        }
        refuse(provision.hasClass_(), PROVISION + ".class", "stands in the subrules where there are any");
        refuse(provision.hasAction(), PROVISION + ".action", "stands in the subrules where there are any");
        Set<Permission> all = new HashSet<>();
        List<ProvisionComponent> rules = provision.getProvision();
        for (int i = 0; i < rules.size(); i++) {
            all.addAll(subrule(rules.get(i), PROVISION + ".provision[" + i + "]"));
        }
        return Set.copyOf(all);
    }

    private static Set<Permission> subrule(ProvisionComponent rule, String path) throws Unenforceable {
        ConsentReader.refuseUnmodelled(rule, path);
        refuse(
                rule.getType() != ConsentProvisionType.PERMIT,
                path + ".type",
                "can be permit only: write a denial apart");
        refuse(rule.hasPeriod(), path + ".period", "stands in the outer rule");
        refuse(rule.hasActor(), path + ".actor", "stands in the outer rule");
        refuse(rule.hasPurpose(), path + ".purpose", "stands in the outer rule");
        refuse(rule.hasExtension(), path + ".extension", "stands in the outer rule");
        refuse(rule.hasProvision(), path + ".provision", "is nested too deep");
        return permitted(rule, path);
    }

    private static Set<Permission> permitted(ProvisionComponent rule, String path) throws Unenforceable {
        Set<Permission> permissions = new HashSet<>();
        for (Part part : parts(rule, path, false)) {
            for (Action action : actions(rule, path)) {
                Permission permission = new Permission(part, action);
                refuse(!Permissions.isLegal(permission), path + ".action", "is not for all of its classes");
                permissions.add(permission);
            }
        }
        return permissions;
    }

    /** A rule without an action lets read. */
    private static Set<Action> actions(ProvisionComponent rule, String path) throws Unenforceable {
        Set<Action> actions = EnumSet.noneOf(Action.class);
        for (CodeableConcept concept : rule.getAction()) {
            Action action = ConsentCodes.action(concept);
            if (action == null) {
                throw new Unenforceable(path + ".action", "can be access, correct, annotate and write only");
            }
            actions.add(action);
        }
        return actions.isEmpty() ? EnumSet.of(Action.READ) : actions;
    }

    /** What a denial keeps back: where it names types, also what is in one part with them. */
    static Set<Part> denied(ProvisionComponent provision) throws Unenforceable {
        return parts(provision, PROVISION, true);
    }

    /** A rule without a class is about the whole record. */
    private static Set<Part> parts(ProvisionComponent rule, String path, boolean isDenial) throws Unenforceable {
        List<Coding> classes = rule.getClass_();
        if (classes.isEmpty()) {
            return EnumSet.of(Part.ALL_PHI);
        }
        Set<String> named = codes(classes, ConsentCodes.PARTS);
        Set<String> types = codes(classes, ConsentCodes.TYPES);
        refuse(
                classes.stream()
                        .anyMatch(coding -> !ConsentCodes.PARTS.equals(coding.getSystem())
                                && !ConsentCodes.TYPES.equals(coding.getSystem())),
                path + ".class",
                "can be a type of resource or a code of " + ConsentCodes.PARTS + " only");
        return named.isEmpty() ? ofTypes(types, path, isDenial) : ofCodes(named, types, path);
    }

    private static Set<Part> ofCodes(Set<String> named, Set<String> types, String path) throws Unenforceable {
        Set<Part> parts = EnumSet.noneOf(Part.class);
        for (String code : named) {
            try {
                parts.add(Part.valueOf(code.toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException e) {
                throw new Unenforceable(path + ".class", "has a part of the record that is not known");
            }
        }
        refuse(
                !PartTypes.of(parts).containsAll(types),
                path + ".class",
                "names types that are not in the parts that it names");
        return parts;
    }

    private static Set<Part> ofTypes(Set<String> types, String path, boolean isDenial) throws Unenforceable {
        Set<Part> parts = isDenial ? PartTypes.touching(types) : PartTypes.within(types);
        Set<String> rest = isDenial
                ? types.stream()
                        .filter(type -> PartTypes.touching(Set.of(type)).isEmpty())
                        .collect(Collectors.toSet())
                : PartTypes.notWholly(types, parts);
        // What it names is a type or not understood at all: only the first may be said again.
        refuse(
                !rest.isEmpty(),
                path + ".class",
                "has types that make no part of the record by themselves; name all types of a part, or a code of "
                        + ConsentCodes.PARTS);
        return parts;
    }

    static Restrictions restrictions(ProvisionComponent provision) throws Unenforceable {
        List<String> addresses = new ArrayList<>();
        Set<String> clients = new HashSet<>();
        boolean viewOnly = false;
        for (Extension extension : provision.getExtension()) {
            if (extension.getUrl().equals(ConsentCodes.ADDRESS) && extension.getValue() instanceof StringType text) {
                addresses.add(String.valueOf(text.getValue()));
            } else if (extension.getUrl().equals(ConsentCodes.CLIENT)
                    && extension.getValue() instanceof StringType text) {
                clients.add(String.valueOf(text.getValue()));
            } else if (extension.getUrl().equals(ConsentCodes.VIEW_ONLY)
                    && extension.getValue() instanceof BooleanType is) {
                viewOnly = Boolean.TRUE.equals(is.getValue());
            } else {
                throw new Unenforceable(PROVISION + ".extension", "is not understood");
            }
        }
        List<Network> networks = Restrictions.networks(addresses)
                .orElseThrow(() -> new Unenforceable(PROVISION + ".extension", "has an address that is no network"));
        return new Restrictions(networks, Set.copyOf(clients), viewOnly);
    }
}
