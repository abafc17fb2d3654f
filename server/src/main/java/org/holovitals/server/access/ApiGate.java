package org.holovitals.server.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Lets a caller reach a route of {@code /api} only when the route says that it is for such callers. */
final class ApiGate implements HandlerInterceptor {

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method && !mayCall(method)) {
            throw new AccessDeniedException("the route is not for this caller");
        }
        return true;
    }

    private static boolean mayCall(HandlerMethod method) {
        CalledBy callers = method.getMethodAnnotation(CalledBy.class);
        return callers != null
                && CallerAuthentication.current()
                        .filter(caller -> Arrays.stream(callers.value()).anyMatch(kind -> kind.is(caller)))
                        .isPresent();
    }
}
