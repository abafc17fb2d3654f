/** Every request of a caller leaves its row in the audit log before it is answered, and every write with its commit. */
@NullMarked
package org.holovitals.server.recording;

import org.jspecify.annotations.NullMarked;
