package org.holovitals.server.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** To what a reference in a file leads once the file is imported. */
sealed interface Target {
    /** A resource that is there, such as the patient. */
    record Stored(String reference) implements Target {}

    /** A resource that the same import writes. */
    record Pending(UUID entry) implements Target {}

    /** A resource that belongs to nobody and goes into each that refers to it. */
    record Inside(ObjectNode resource) implements Target {}

    /** Nothing that can be referred to; what is known of it stays in words. */
    record Words(@Nullable JsonNode identifier, @Nullable String display) implements Target {}
}
