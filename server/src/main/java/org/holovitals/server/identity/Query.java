package org.holovitals.server.identity;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** The parameters with which Keycloak sends an app's user back. */
final class Query {
    private Query() {}

    static String value(URI uri, String name) throws IOException {
        for (String pair : String.valueOf(uri.getRawQuery()).split("&", -1)) {
            if (pair.startsWith(name + "=")) {
                return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
            }
        }
        throw new IOException(
                "Keycloak refuses: " + URLDecoder.decode(String.valueOf(uri.getRawQuery()), StandardCharsets.UTF_8));
    }
}
