/** What users are told, such as who asks to see their record or looked at it. */
@NullMarked
package org.holovitals.server.notifications;

import org.jspecify.annotations.NullMarked;
