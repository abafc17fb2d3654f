/** What of a record goes to a model, in how many parts and at what price: pure and the same for the same input. */
@NullMarked
package org.holovitals.server.context;

import org.jspecify.annotations.NullMarked;
