/** What patients let others see of their records, what they keep from them, and how that is asked for, given and ended. */
@NullMarked
package org.holovitals.server.consent;

import org.jspecify.annotations.NullMarked;
