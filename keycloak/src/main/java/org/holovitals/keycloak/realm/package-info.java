@NullMarked
package org.holovitals.keycloak.realm;

import org.jspecify.annotations.NullMarked;
