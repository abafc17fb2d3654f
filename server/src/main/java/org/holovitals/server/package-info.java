/** The HoloVitals server: one package a feature. */
@NullMarked
package org.holovitals.server;

import org.jspecify.annotations.NullMarked;
