package org.holovitals.server.base;

import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class BaseConfiguration {

    @Bean
    Ids ids() {
        return new Ids();
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
