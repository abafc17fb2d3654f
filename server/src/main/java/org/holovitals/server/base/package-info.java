/** What every feature is given: ids and the clock. */
@NullMarked
package org.holovitals.server.base;

import org.jspecify.annotations.NullMarked;
