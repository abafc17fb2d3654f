package org.holovitals.server.chain;

import org.holovitals.server.database.DatabaseAccess;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What commands on the audit log need: the login of the database and the chain's settings. */
@Configuration(proxyBeanMethods = false)
@Import(DatabaseAccess.class)
@EnableConfigurationProperties(ChainSettings.class)
public class ChainAccess {}
