/** Reads the text of files page by page, in processes of their own: what a file does to its reader stays there. */
@NullMarked
package org.holovitals.server.texts;

import org.jspecify.annotations.NullMarked;
