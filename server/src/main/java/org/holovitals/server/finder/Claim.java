package org.holovitals.server.finder;

import java.util.List;

/**
 * That a value stands in a resource.
 *
 * @param paths FHIRPaths of which one leads to it: a typed table keeps one name of several that a resource has
 */
record Claim(Source source, List<String> paths, String value) {

    Citation citation(String path, boolean verified) {
        return new Citation(source.type(), source.id(), source.version(), path, value, verified);
    }
}
