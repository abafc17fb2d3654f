/** The identity provider's events: logins, failures, logouts and what administrators do, read into the audit log. */
@NullMarked
package org.holovitals.server.events;

import org.jspecify.annotations.NullMarked;
