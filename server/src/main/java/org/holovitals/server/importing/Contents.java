package org.holovitals.server.importing;

import java.util.Set;
import java.util.TreeSet;
import org.holovitals.server.importing.Scan.Shape;
import org.jspecify.annotations.Nullable;

/** What a scanner gathers while it walks through one document. */
final class Contents {
    @Nullable
    String type;

    @Nullable
    String bundleType;

    int entries;
    final Set<String> entryTypes = new TreeSet<>();

    boolean isBundle() {
        return "Bundle".equals(type);
    }

    String type() throws BadSourceException {
        if (type == null) {
            throw new BadSourceException("is not FHIR: it has no resourceType");
        }
        return type;
    }

    Shape shape() throws BadSourceException {
        type();
        if (!isBundle()) {
            return Shape.RESOURCE;
        }
        if (bundleType == null) {
            throw new BadSourceException("is a Bundle without a type");
        }
        return switch (bundleType) {
            case "transaction" -> Shape.TRANSACTION;
            case "batch" -> Shape.BATCH;
            case "collection", "searchset", "document" -> Shape.COLLECTION;
            case "history", "message", "transaction-response", "batch-response" ->
                throw new BadSourceException(
                        "is a Bundle of type " + bundleType + ", which is no set of resources to store");
            default -> throw new BadSourceException("is a Bundle of an unknown type");
        };
    }
}
