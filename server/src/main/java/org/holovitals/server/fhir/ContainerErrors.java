package org.holovitals.server.fhir;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/** Takes the place of Tomcat's HTML pages for requests so broken that no servlet sees them. */
final class ContainerErrors extends ErrorReportValve {
    private static final Logger log = LoggerFactory.getLogger(ContainerErrors.class);

    /** Tomcat adds a page of its own where it does not find the class that its host names. */
    static WebServerFactoryCustomizer<TomcatServletWebServerFactory> customizer() {
        return factory -> factory.addContextCustomizers(context -> {
            StandardHost host = (StandardHost) context.getParent();
            host.setErrorReportValveClass(ContainerErrors.class.getName());
            host.getPipeline().addValve(new ContainerErrors());
        });
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable thrown) {
        if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        HttpErrors error = HttpErrors.of(request.getRequestURI(), response.getStatus());
        try {
            response.setContentType(error.contentType());
            response.setCharacterEncoding(StandardCharsets.UTF_8.name());
            Writer writer = response.getReporter();
            if (writer != null) {
                writer.write(error.body());
                response.finishResponse();
            }
        } catch (IOException | IllegalStateException e) {
            log.debug("The client was gone before it could be told {}", response.getStatus());
        }
    }
}
