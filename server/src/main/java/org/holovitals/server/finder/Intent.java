package org.holovitals.server.finder;

import java.util.Optional;

/** A kind of question that a record answers. */
interface Intent {
    /** How a question of this kind is answered; empty for others. */
    Optional<Plan> plan(Words question);
}
