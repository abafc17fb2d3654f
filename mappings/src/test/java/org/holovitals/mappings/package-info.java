@NullMarked
package org.holovitals.mappings;

import org.jspecify.annotations.NullMarked;
