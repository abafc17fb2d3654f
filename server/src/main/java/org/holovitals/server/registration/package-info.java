/** Apps that may ask for tokens: an administrator registers them, Keycloak keeps them. */
@NullMarked
package org.holovitals.server.registration;

import org.jspecify.annotations.NullMarked;
