/** Encrypts what belongs to one patient, so that it can be made unreadable for good by destroying one key. */
@NullMarked
package org.holovitals.server.vault;

import org.jspecify.annotations.NullMarked;
