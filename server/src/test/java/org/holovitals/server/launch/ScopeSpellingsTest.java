package org.holovitals.server.launch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ScopeSpellingsTest {

    @Test
    void lettersMayComeInAnyOrder() {
        assertThat(ScopeSpellings.of("patient/Observation.sr"))
                .containsExactly("patient/Observation.sr", "patient/Observation.rs", "patient/Observation.read");
        assertThat(ScopeSpellings.of("user/*.sdurc")).contains("user/*.cruds", "user/*.*");
    }

    @Test
    void theVersionsMeanTheSame() {
        assertThat(ScopeSpellings.of("patient/Condition.read")).contains("patient/Condition.rs");
        assertThat(ScopeSpellings.of("patient/Condition.write")).contains("patient/Condition.cud");
        assertThat(ScopeSpellings.of("patient/*.*")).contains("patient/*.cruds");
    }

    @Test
    void aQueryMayBeEscapedAndKeepsItsVersion() {
        assertThat(ScopeSpellings.of("patient/Observation.sr?category=urn:a%7Cb"))
                .containsExactly(
                        "patient/Observation.sr?category=urn:a%7Cb",
                        "patient/Observation.rs?category=urn:a%7Cb", "patient/Observation.rs?category=urn:a|b");
    }

    @Test
    void noSpellingGrantsMoreThanWasAsked() {
        assertThat(ScopeSpellings.of("patient/Observation.r")).containsExactly("patient/Observation.r");
        assertThat(ScopeSpellings.of("patient/Observation.s")).containsExactly("patient/Observation.s");
        assertThat(ScopeSpellings.of("patient/Observation.rrs")).containsExactly("patient/Observation.rrs");
        assertThat(ScopeSpellings.of("launch/patient")).containsExactly("launch/patient");
        assertThat(ScopeSpellings.of("patient/Observation.rs?category=%zz"))
                .containsExactly("patient/Observation.rs?category=%zz");
    }
}
