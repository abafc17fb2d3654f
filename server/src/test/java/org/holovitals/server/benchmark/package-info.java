/** This server beside stock HAPI, measured from outside over HTTP. No test: {@code ./mvnw -Pbench} runs it. */
@NullMarked
package org.holovitals.server.benchmark;

import org.jspecify.annotations.NullMarked;
