/** Keycloak's admin API, as far as the product uses it. */
@NullMarked
package org.holovitals.keycloak.admin;

import org.jspecify.annotations.NullMarked;
