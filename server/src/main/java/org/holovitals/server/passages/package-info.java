/** Passages of documents: cut, sealed with their vectors, and searched by words and by meaning. */
@NullMarked
package org.holovitals.server.passages;

import org.jspecify.annotations.NullMarked;
