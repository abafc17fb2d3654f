package org.holovitals.server.database;

import java.util.Optional;
import org.holovitals.migrations.Login;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** The login of the configured database, or of the embedded one, which starts when it is first asked for. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DatabaseSettings.class)
public class DatabaseAccess {

    @Bean(destroyMethod = "close")
    @Lazy
    EmbeddedDatabase embeddedDatabase(DatabaseSettings settings) {
        EmbeddedDatabase database = EmbeddedDatabase.open(settings.directory(), settings.durable());
        database.closeWith(SpringApplication.getShutdownHandlers()::add);
        return database;
    }

    @Bean
    Login databaseLogin(DatabaseSettings settings, ObjectProvider<EmbeddedDatabase> embedded) {
        String url = settings.url();
        if (url != null && !url.isBlank()) {
            return new Login(url, settings.username(), settings.password());
        }
        Optional<Login> running = settings.join() ? EmbeddedDatabase.join(settings.directory()) : Optional.empty();
        return running.orElseGet(() -> embedded.getObject().login());
    }
}
