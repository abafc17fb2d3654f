package org.holovitals.server.vault;

import java.time.Clock;
import org.holovitals.server.audit.AuditLogs;
import org.holovitals.server.base.Ids;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(VaultSettings.class)
class VaultConfiguration {

    @Bean
    DataKeys dataKeys(JdbcClient jdbc, Clock clock) {
        return new DataKeys(jdbc, clock);
    }

    @Bean
    MasterKeys masterKeys(VaultSettings settings, DataKeys rows) {
        MasterKeys masters = new MasterKeys(KeyProvider.of(settings));
        masters.newest();
        rows.counts().keySet().stream().filter(id -> masters.find(id).isEmpty()).forEach(id -> LoggerFactory.getLogger(
                        Vault.class)
                .error(
                        "Master key {} is not in {}: what it protects cannot be read until it is put back",
                        id,
                        masters.provider().place()));
        return masters;
    }

    @Bean
    KeyRing keyRing(DataKeys rows, MasterKeys masters, Ids ids, Clock clock) {
        return new KeyRing(rows, masters, new KeyCache(clock), ids);
    }

    @Bean
    Vault vault(KeyRing keys) {
        return new Vault(keys);
    }

    @Bean
    KeyCare.Log keyCareLog(AuditLogs logs, PlatformTransactionManager transactions, Clock clock) {
        return new KeyCare.Log(logs, new TransactionTemplate(transactions), clock);
    }

    @Bean
    KeyCare keyCare(KeyRing ring, DataKeys rows, MasterKeys masters, KeyCare.Log log) {
        return new KeyCare(ring, rows, masters, log);
    }
}
