@NullMarked
package org.holovitals.migrations;

import org.jspecify.annotations.NullMarked;
