/** The signed chain over the audit log: what proves that nothing in it was changed, removed or added. */
@NullMarked
package org.holovitals.server.chain;

import org.jspecify.annotations.NullMarked;
