package org.holovitals.keycloak.realm;

import org.holovitals.keycloak.admin.RealmAdmin;

/** One change of existing realms. Applied to a realm that has it, it changes nothing. */
interface RealmStep {
    /** What it brings, in words. */
    String description();

    /** Brings the realm up; whether something had to be changed. */
    boolean apply(RealmAdmin admin);
}
