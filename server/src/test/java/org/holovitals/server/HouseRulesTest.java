package org.holovitals.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

@AnalyzeClasses(packages = "org.holovitals", importOptions = ImportOption.DoNotIncludeTests.class)
final class HouseRulesTest {

    @ArchTest
    static final ArchRule JPA_STAYS_INSIDE_HAPI = noClasses()
            .that()
            .haveSimpleNameNotStartingWith("FhirConfiguration")
            .and()
            .doNotHaveSimpleName("ConditionalUrls")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.persistence..", "org.hibernate..");

    @ArchTest
    static final ArchRule TIMES_HAVE_A_ZONE =
            noClasses().should().dependOnClassesThat().haveFullyQualifiedName("java.time.LocalDateTime");

    @ArchTest
    static final ArchRule DEPENDENCIES_COME_BY_CONSTRUCTOR =
            fields().should().notBeAnnotatedWith("org.springframework.beans.factory.annotation.Autowired");

    @ArchTest
    static final ArchRule NOTHING_PRINTS_BESIDE_THE_LOG =
            noClasses().should().accessField(System.class, "out").orShould().accessField(System.class, "err");

    @Test
    void thePackagesOfTheServerDependInOneDirection() {
        ApplicationModules.of(ServerApplication.class).verify();
    }
}
