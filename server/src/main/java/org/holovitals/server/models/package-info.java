/** Language models: the port, the wire behind it, and what is known of each call. */
@NullMarked
package org.holovitals.server.models;

import org.jspecify.annotations.NullMarked;
