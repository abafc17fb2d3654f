/** The record of every access, allowed or refused, in a log that only grows. */
@NullMarked
package org.holovitals.server.audit;

import org.jspecify.annotations.NullMarked;
