package org.holovitals.server.texts;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TextSettings.class)
class TextsConfiguration {

    @Bean(destroyMethod = "close")
    TextReader textReader(TextSettings settings) {
        return new TextReader(settings);
    }
}
