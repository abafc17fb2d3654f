package org.holovitals.keycloak.scopes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.ResourceType;
import org.junit.jupiter.api.Test;

final class ScopeCatalogueTest {
    /** SMART App Launch 2.2, "Scopes for requesting FHIR resources"; v2's letters stand in this order, v1 has words. */
    private static final Pattern DATA = Pattern.compile(
            "(patient|user|system)/([A-Za-z]+|\\*)\\.(read|write|\\*|(?=.)c?r?u?d?s?)(\\?[a-z-]+=[^& ]+(&[a-z-]+=[^& ]+)*)?");

    private static final Set<String> OTHERS = Set.of(
            "openid",
            "profile",
            "fhirUser",
            "offline_access",
            "online_access",
            "launch",
            "launch/patient",
            "launch/encounter");

    @Test
    void everyScopeIsLegal() {
        assertThat(names())
                .allMatch(name -> OTHERS.contains(name) || DATA.matcher(name).matches());
    }

    @Test
    void noScopeStandsTwice() {
        assertThat(names()).doesNotHaveDuplicates();
    }

    @Test
    void theRealmStaysSmallEnoughToImport() {
        assertThat(names()).hasSizeBetween(200, ScopeCatalogue.MOST - 1);
    }

    @Test
    void everyTypeExistsInR4() {
        Set<String> types = Arrays.stream(ResourceType.values()).map(Enum::name).collect(Collectors.toSet());

        assertThat(names().stream().flatMap(name -> DATA.matcher(name).results().map(result -> result.group(2))))
                .allMatch(type -> type.equals("*") || types.contains(type))
                .contains("Patient", "Observation", "*");
    }

    @Test
    void everyLevelOffersTheSame() {
        List<String> patient = below("patient");

        assertThat(below("user")).isEqualTo(patient);
        assertThat(below("system")).isEqualTo(patient);
    }

    @Test
    void granularScopesNameTheirCategory() {
        assertThat(names())
                .contains(
                        "patient/Observation.rs?category=http://terminology.hl7.org/CodeSystem/observation-category|vital-signs",
                        "user/Condition.rs?category=http://terminology.hl7.org/CodeSystem/condition-category|problem-list-item");
    }

    @Test
    void aDescriptionIsPlainWords() {
        assertThat(ScopeCatalogue.all())
                .contains(new Scope(
                        "patient/AllergyIntolerance.rs",
                        "Read and search allergy intolerance records",
                        Scope.Kind.DATA));
    }

    private static List<String> names() {
        return ScopeCatalogue.all().stream().map(Scope::name).toList();
    }

    private static List<String> below(String level) {
        return ScopeCatalogue.ofLevel(level).stream()
                .map(scope -> scope.name().replaceFirst("^" + Matcher.quoteReplacement(level), ""))
                .toList();
    }
}
