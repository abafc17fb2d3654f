package org.holovitals.server.documents;

import java.time.Clock;
import org.holovitals.server.vault.VaultAccess;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What commands on files need: where the bytes of documents lie, and what commands on their keys need. */
@Configuration(proxyBeanMethods = false)
@Import(VaultAccess.class)
@EnableConfigurationProperties({DocumentSettings.class, BlobSettings.class})
public class BlobAccess {

    @Bean
    BlobHeads blobHeads(DocumentSettings settings, BlobSettings blobs) {
        return new BlobHeads(blobs.store(settings.directory(), Clock.systemUTC()));
    }
}
