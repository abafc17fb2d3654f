/** Who may sign in, and the sessions of those who did: what tokens and the identity provider's events say of them. */
@NullMarked
package org.holovitals.server.users;

import org.jspecify.annotations.NullMarked;
