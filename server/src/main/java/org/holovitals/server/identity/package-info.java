/** The identity provider beside the server: an embedded Keycloak unless another issuer is configured. */
@NullMarked
package org.holovitals.server.identity;

import org.jspecify.annotations.NullMarked;
