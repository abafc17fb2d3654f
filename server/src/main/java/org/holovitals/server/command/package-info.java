/** The command line: one class a command. */
@NullMarked
package org.holovitals.server.command;

import org.jspecify.annotations.NullMarked;
