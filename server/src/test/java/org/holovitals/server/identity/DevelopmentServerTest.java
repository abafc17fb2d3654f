package org.holovitals.server.identity;

import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

/** The tests that use {@link DevelopmentServer}, in one JVM, so that a run starts one with its Keycloak and not two. */
@Suite
@SelectClasses(
        names = {
            "org.holovitals.server.identity.DevelopmentRealmTest",
            "org.holovitals.server.identity.RealmUpdateTest",
            "org.holovitals.server.identity.SignInTest",
            "org.holovitals.server.registration.RegistrationTest",
            "org.holovitals.server.clients.BrowserLaunchTest",
            "org.holovitals.server.database.KeycloakBackupTest"
        })
final class DevelopmentServerTest {}
