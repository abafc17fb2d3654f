/** How apps get in: launches from an EHR, authorization requests on their way to the issuer, and what a token is worth. */
@NullMarked
package org.holovitals.server.launch;

import org.jspecify.annotations.NullMarked;
