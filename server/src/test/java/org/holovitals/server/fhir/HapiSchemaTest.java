package org.holovitals.server.fhir;

import static org.assertj.core.api.Assertions.assertThatCode;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings;
import ca.uhn.fhir.jpa.config.util.HapiEntityManagerFactoryUtil;
import java.util.Properties;
import javax.sql.DataSource;
import org.hibernate.cfg.AvailableSettings;
import org.holovitals.server.ServerTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;

final class HapiSchemaTest extends ServerTest {
    private final ConfigurableListableBeanFactory beans;

    @Autowired
    HapiSchemaTest(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
    }

    @Test
    void whatTheMigrationsMadeIsWhatHapisEntitiesExpect() {
        LocalContainerEntityManagerFactoryBean factory = HapiEntityManagerFactoryUtil.newEntityManagerFactory(
                beans, beans.getBean(FhirContext.class), beans.getBean(JpaStorageSettings.class));
        factory.setPersistenceUnitName("validated");
        factory.setDataSource(beans.getBean(DataSource.class));
        Properties properties = FhirConfiguration.hibernate();
        properties.setProperty(AvailableSettings.HBM2DDL_AUTO, "validate");
        factory.setJpaProperties(properties);
        assertThatCode(factory::afterPropertiesSet).doesNotThrowAnyException();
        factory.destroy();
    }
}
