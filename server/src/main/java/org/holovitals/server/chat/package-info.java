/** Conversations about a record: questions, their answers with citations, and what is kept of them. */
@NullMarked
package org.holovitals.server.chat;

import org.jspecify.annotations.NullMarked;
