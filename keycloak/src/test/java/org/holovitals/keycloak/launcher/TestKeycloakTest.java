package org.holovitals.keycloak.launcher;

import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

/** The tests that use {@link TestKeycloak}, in one JVM, so that a run starts one and not two. */
@Suite
@SelectClasses({
    BackendServiceTest.class,
    EhrLaunchTest.class,
    LifeTest.class,
    PatientChoiceTest.class,
    RealmMigrationsTest.class,
    RegisteredAppTest.class,
    RequestTest.class,
    SecondFactorTest.class,
    StandaloneLaunchTest.class,
    WrongPatientTest.class
})
final class TestKeycloakTest {}
