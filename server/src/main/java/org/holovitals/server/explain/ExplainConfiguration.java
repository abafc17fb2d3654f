package org.holovitals.server.explain;

import org.holovitals.server.users.Users;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ExplainConfiguration {

    @Bean
    People people(Users users) {
        return new People(users);
    }
}
