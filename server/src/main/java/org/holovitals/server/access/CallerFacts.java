package org.holovitals.server.access;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a caller is and may see, as texts in one order: a link that is bound to them ends when one of them changes. */
public final class CallerFacts {
    private final Grants grants;

    CallerFacts(Grants grants) {
        this.grants = grants;
    }

    /** Who calls, with which app and scopes. */
    public static List<String> who(Caller caller) {
        return List.of(
                caller.subject(),
                caller.client(),
                String.valueOf(caller.patient()),
                String.valueOf(caller.fhirUser()),
                caller.roles().stream().sorted().collect(Collectors.joining(" ")),
                scopes(caller));
    }

    /** Also whose records these reach now, patient by patient, with what each of them shows. */
    public List<String> reach(Caller caller) {
        List<String> facts = new ArrayList<>(who(caller));
        grants.sights(caller)
                .map(sight -> sight.isEverything()
                        ? "*"
                        : sight.whole().stream().sorted().collect(Collectors.joining(",")) + " "
                                + sight.consented().facts())
                .forEach(facts::add);
        return facts;
    }

    /** In one order, whatever order the token has. */
    private static String scopes(Caller caller) {
        return caller.scopes().granted().stream()
                .map(scope -> scope.level() + "/" + scope.type() + "."
                        + scope.interactions().stream().sorted().map(Enum::name).collect(Collectors.joining(","))
                        + scope.qualifiers())
                .sorted()
                .collect(Collectors.joining(" "));
    }
}
