/** Machines that are started for analyses and stopped again: their providers, what they cost, and that none is left over. */
@NullMarked
package org.holovitals.server.instances;

import org.jspecify.annotations.NullMarked;
