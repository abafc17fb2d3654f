package org.holovitals.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Libraries that HAPI brings along and this server never loads: a hundred megabytes, and code that could be attacked. */
final class SlimClassPathTest {
    private static final List<String> UNWANTED = List.of(
            // Databases that are not ours.
            "org/sqlite/JDBC.class",
            "oracle/jdbc/OracleDriver.class",
            // XSLT with external entities; without it the JDK's own transformer is used.
            "net/sf/saxon/TransformerFactoryImpl.class",
            "org/xmlresolver/Resolver.class",
            // Drawings.
            "net/sourceforge/plantuml/SourceStringReader.class",
            // Search in Elasticsearch.
            "co/elastic/clients/transport/Transport.class",
            "org/elasticsearch/client/sniff/Sniffer.class",
            "software/amazon/awssdk/regions/Region.class",
            // A client of LangChain4j; the server has its own.
            "dev/langchain4j/http/client/jdk/JdkHttpClient.class",
            // What other versions of FHIR are validated by.
            "org/hl7/fhir/dstu2016may/model/Base.class",
            "org/hl7/fhir/instance/model/profile/account.profile.xml",
            "org/hl7/fhir/dstu3/model/profile/profiles-others.xml",
            "org/hl7/fhir/r4b/model/profile/profiles-others.xml",
            "org/hl7/fhir/r5/model/profile/profiles-others.xml");

    @Test
    void whatIsNeverLoadedIsNotDelivered() {
        ClassLoader classes = SlimClassPathTest.class.getClassLoader();
        assertThat(UNWANTED)
                .allSatisfy(
                        name -> assertThat(classes.getResource(name)).as(name).isNull());
        assertThat(classes.getResource("org/hl7/fhir/r4/model/profile/profiles-others.xml"))
                .as("the resources of R4 are there")
                .isNotNull();
    }
}
