/** OpenAPI of {@code /api}, made from the routes themselves. */
@NullMarked
package org.holovitals.server.openapi;

import org.jspecify.annotations.NullMarked;
