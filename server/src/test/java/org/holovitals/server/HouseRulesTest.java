package org.holovitals.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.stereotype.Controller;

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

    /** The commands run the server without its web part. */
    @ArchTest
    static final ArchRule ENDPOINTS_ARE_THERE_WITH_A_WEB_SERVER_ONLY = classes()
            .that()
            .areMetaAnnotatedWith(Controller.class)
            .should()
            .beAnnotatedWith(ConditionalOnWebApplication.class);

    @Test
    void thePackagesOfTheServerDependInOneDirection() {
        ApplicationModules.of(ServerApplication.class).verify();
    }
}
