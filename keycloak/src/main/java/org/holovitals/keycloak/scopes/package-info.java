@NullMarked
package org.holovitals.keycloak.scopes;

import org.jspecify.annotations.NullMarked;
