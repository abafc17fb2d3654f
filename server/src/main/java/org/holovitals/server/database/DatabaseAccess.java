package org.holovitals.server.database;

import org.holovitals.migrations.Login;
import org.springframework.beans.factory.ObjectProvider;
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
        return EmbeddedDatabase.open(settings.directory(), settings.durable());
    }

    @Bean
    Login databaseLogin(DatabaseSettings settings, ObjectProvider<EmbeddedDatabase> embedded) {
        String url = settings.url();
        return url == null || url.isBlank()
                ? embedded.getObject().login()
                : new Login(url, settings.username(), settings.password());
    }
}
