package org.holovitals.server.fhir;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.error.ErrorController;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** Takes the place of Spring Boot's error page: what a filter or servlet answered by status only. */
@Controller
@ConditionalOnWebApplication
class ErrorPages implements ErrorController {

    @RequestMapping("${server.error.path:/error}")
    void write(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        Object uri = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        HttpErrors.write((String) uri, response, status instanceof Integer code ? code : 404);
    }
}
