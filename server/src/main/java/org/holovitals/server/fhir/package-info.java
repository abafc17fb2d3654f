/** The FHIR R4 endpoint: HAPI JPA wired, tuned and made truthful about what it supports. */
@NullMarked
package org.holovitals.server.fhir;

import org.jspecify.annotations.NullMarked;
