package org.holovitals.server.users;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import org.holovitals.server.access.Caller;
import org.springframework.web.filter.OncePerRequestFilter;

/** Writes down the user of each request that came past the token's check; a service is no user. */
final class AccountFilter extends OncePerRequestFilter {
    private final Accounts accounts;

    AccountFilter(Accounts accounts) {
        this.accounts = accounts;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Caller caller = Caller.current().orElse(null);
        if (caller != null && !caller.isService()) {
            // The container gives an address, never a name.
            InetAddress address = InetAddress.getByName(request.getRemoteAddr());
            caller.call().account(accounts.seen(caller, address, request.getHeader("User-Agent")));
        }
        chain.doFilter(request, response);
    }
}
