@NullMarked
package org.holovitals.keycloak.provider;

import org.jspecify.annotations.NullMarked;
