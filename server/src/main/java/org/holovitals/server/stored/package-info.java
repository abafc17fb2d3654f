/** Resources as HAPI stores them, made whole again without building its model of them. */
@NullMarked
package org.holovitals.server.stored;

import org.jspecify.annotations.NullMarked;
