package org.holovitals.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.holovitals.server.access.SmartScope.Level;
import org.holovitals.server.access.SmartScope.Qualifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SmartScopesTest {
    private static final Set<String> TYPES = FhirContext.forR4Cached().getResourceTypes();

    /** SMART's letters, independent of the engine's own order and names. */
    private static final Map<Interaction, Character> LETTERS = Map.of(
            Interaction.CREATE, 'c',
            Interaction.READ, 'r',
            Interaction.UPDATE, 'u',
            Interaction.DELETE, 'd',
            Interaction.SEARCH, 's');

    /** Each spelling of a permission with the letters that it means; illegal ones mean none. */
    static List<Map.Entry<String, String>> spellings() {
        List<Map.Entry<String, String>> spellings = new ArrayList<>(List.of(
                Map.entry("read", "rs"),
                Map.entry("write", "cud"),
                Map.entry("*", "cruds"),
                Map.entry("sr", ""),
                Map.entry("rr", ""),
                Map.entry("dc", ""),
                Map.entry("rx", ""),
                Map.entry("Read", ""),
                Map.entry("RS", ""),
                Map.entry("readwrite", "")));
        for (int bits = 1; bits < 32; bits++) {
            StringBuilder letters = new StringBuilder();
            for (int i = 0; i < 5; i++) {
                letters.append((bits >> i & 1) == 1 ? "cruds".substring(i, i + 1) : "");
            }
            spellings.add(Map.entry(letters.toString(), letters.toString()));
        }
        return spellings;
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void everyTypeAndInteractionIsPermittedAsSpelledAndNoOther(Map.Entry<String, String> spelling) {
        for (String granted : Stream.concat(TYPES.stream(), Stream.of("*")).toList()) {
            for (Level level : Level.values()) {
                SmartScopes scopes =
                        scopes(level.name().toLowerCase(Locale.ROOT) + "/" + granted + "." + spelling.getKey());
                for (String type : TYPES) {
                    LETTERS.forEach((interaction, letter) -> assertPermits(
                            scopes,
                            level,
                            type,
                            interaction,
                            (granted.equals("*") || granted.equals(type))
                                    && spelling.getValue().indexOf(letter) >= 0));
                }
            }
        }
    }

    private static void assertPermits(
            SmartScopes scopes, Level level, String type, Interaction interaction, boolean expected) {
        for (Level asked : Level.values()) {
            boolean permitted = scopes.permits(asked, type, interaction);
            if (permitted != (expected && asked == level)) {
                throw new AssertionError(scopes + " and " + asked + " " + type + " " + interaction + ": " + permitted);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "openid",
                "fhirUser",
                "launch/patient",
                "offline_access",
                "patient/",
                "patient/Observation",
                "patient/Observation.",
                "patient/observation.rs",
                "patient/Nope.rs",
                "Patient/Observation.rs",
                "patients/Observation.rs",
                "patient/Observation.rs?",
                "patient/Observation.rs?category",
                "patient/Observation.rs?=x",
                "patient/Observation.rs?category=",
                "patient/Observation.rs?a=b&",
                "patient/Observation.rs?_has:Condition:patient:code=x",
                "patient/Observation.rs?subject.name=x",
                "patient/Observation.rs?_include=x",
                "patient/Observation.rs?_filter=x",
                "patient/Observation.rs?_count=1",
                "patient/Observation.rs?code:not=x",
                "patient/Observation.read?category=x",
                "patient/Observation.rs?a=%zz",
                "user/*.*.*",
                "patient/**.rs",
                " ",
                "system/.rs",
                "patient/Observation.rs\u0000"
            })
    void anIllegalScopeGrantsNothing(String word) {
        assertThat(scopes(word).granted()).isEmpty();
    }

    @Test
    void anIllegalScopeLeavesItsNeighboursAlone() {
        assertThat(scopes("openid patient/Nope.rs  patient/Patient.r launch").granted())
                .containsExactly(new SmartScope(Level.PATIENT, "Patient", Set.of(Interaction.READ), List.of()));
        assertThat(SmartScopes.parse(null, TYPES).granted()).isEmpty();
    }

    @Test
    void qualifiersAreKeptInOrderAndDecoded() {
        assertThat(scopes("patient/Observation.rs?category=http://x.org/c|vital-signs&code=a%2Cb+c")
                        .granted())
                .singleElement()
                .satisfies(scope -> assertThat(scope.qualifiers())
                        .containsExactly(
                                new Qualifier("category", "http://x.org/c|vital-signs"),
                                new Qualifier("code", "a,b+c")));
    }

    @Test
    void onlyAnUnqualifiedWildcardPermitsAll() {
        assertThat(scopes("system/*.rs").permitAll(Level.SYSTEM, Interaction.SEARCH))
                .isTrue();
        assertThat(scopes("system/*.r").permitAll(Level.SYSTEM, Interaction.SEARCH))
                .isFalse();
        assertThat(scopes("user/*.rs").permitAll(Level.SYSTEM, Interaction.SEARCH))
                .isFalse();
        assertThat(scopes("system/*.rs?_tag=x").permitAll(Level.SYSTEM, Interaction.SEARCH))
                .isFalse();
    }

    private static SmartScopes scopes(String claim) {
        return SmartScopes.parse(claim, TYPES);
    }
}
