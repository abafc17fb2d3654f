@NullMarked
package org.holovitals.keycloak.launcher;

import org.jspecify.annotations.NullMarked;
