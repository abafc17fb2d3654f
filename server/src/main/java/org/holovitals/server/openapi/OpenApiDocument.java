package org.holovitals.server.openapi;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import org.springdoc.webmvc.api.OpenApiWebMvcResource;
import org.springframework.http.MediaType;

/** {@code GET /api/openapi.json}, for everyone: it says how to ask, and nothing of what is stored. */
final class OpenApiDocument extends HttpServlet {
    static final String PATH = "/api/openapi.json";
    private static final long serialVersionUID = 1;

    private final transient OpenApiWebMvcResource springdoc;

    OpenApiDocument(OpenApiWebMvcResource springdoc) {
        this.springdoc = springdoc;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        byte[] document = springdoc.openapiJson(request, PATH, Locale.ENGLISH);
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setContentLength(document.length);
        response.getOutputStream().write(document);
    }
}
