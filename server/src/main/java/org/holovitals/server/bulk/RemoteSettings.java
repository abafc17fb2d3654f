package org.holovitals.server.bulk;

import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * From where {@code $import} takes files, under {@code holovitals.import.remote}.
 *
 * @param origins such as {@code https://files.example.org}; nothing is fetched from elsewhere
 * @param maxFileSize bytes of a file at the most, as it comes
 * @param timeout after which a server that does not answer is given up
 */
@Validated
@ConfigurationProperties("holovitals.import.remote")
record RemoteSettings(
        @DefaultValue @NotNull List<String> origins,
        @DefaultValue("2GB") @NotNull DataSize maxFileSize,
        @DefaultValue("30s") @NotNull Duration timeout) {

    /** Whether scheme, host and port of an address are listed; user names in an address are never followed. */
    boolean allows(URI address) {
        return address.getRawUserInfo() == null
                && address.getHost() != null
                && origins.stream().map(URI::create).anyMatch(origin -> origin(origin)
                        .equals(origin(address)));
    }

    private static String origin(URI uri) {
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : scheme.equals("http") ? 80 : -1;
        return scheme + "://" + String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT) + ":" + port;
    }
}
