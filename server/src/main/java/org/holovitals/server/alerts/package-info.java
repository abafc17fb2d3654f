/** Suspicious activity, for those who run the server and watch over its records. */
@NullMarked
package org.holovitals.server.alerts;

import org.jspecify.annotations.NullMarked;
