package org.holovitals.server.instances;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import org.holovitals.server.base.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * The tags of what this server has started: by its database, and, of processes, by its machine too, as another sees none of
 * them.
 */
record Tags(String base, String host) {
    private static final int DIGITS = 12;
    private static final int LONGEST = 24;

    static Tags of(String database, @Nullable String given) {
        return new Tags(given == null ? "holovitals-" + Sha256.hex(database).substring(0, DIGITS) : given, ofMachine());
    }

    String of(CloudProvider provider) {
        return provider.name().equals(LocalProcesses.NAME) ? base + "-" + host : base;
    }

    private static String ofMachine() {
        try {
            String name = InetAddress.getLocalHost()
                    .getHostName()
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^a-z0-9]+", "-");
            return name.substring(0, Math.min(LONGEST, name.length()));
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
