package org.holovitals.server.vault;

import org.holovitals.server.database.DatabaseAccess;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What commands on keys need: the login of the database and where the master keys are. */
@Configuration(proxyBeanMethods = false)
@Import(DatabaseAccess.class)
@EnableConfigurationProperties(VaultSettings.class)
public class VaultAccess {}
