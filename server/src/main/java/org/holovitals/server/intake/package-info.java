/** Files that patients bring for their records: looked at first, taken in only when they say so, and taken back. */
@NullMarked
package org.holovitals.server.intake;

import org.jspecify.annotations.NullMarked;
