package org.holovitals.server.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.holovitals.server.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AuthorizationRequestTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "state=%7e%7E+%20a/b?c=d",
                "state=a=b==&redirect_uri=http://x/?a%26b",
                "",
                "&&flag&x=",
                "state=100%",
                "q=|{}[]^`\"<>\\",
                "scope"
            })
    void whatIsNotAScopeStaysAsItIs(String raw) {
        assertThat(AuthorizationRequest.parse(raw).withScope(scope -> scope)).isEqualTo(raw);
    }

    @Test
    void theScopeAloneIsWrittenAnew() {
        assertThat(AuthorizationRequest.parse("a=%61&sc%6Fpe=x+y%20z&state=%20+")
                        .withScope(scope -> scope.replace(" y", "")))
                .isEqualTo("a=%61&scope=x+z&state=%20+");
    }

    @Test
    void aScopeOfWhichNothingIsLeftIsTheIssuersToRefuse() {
        assertThat(AuthorizationRequest.parse("scope=x%20y").withScope(scope -> ""))
                .isEqualTo("scope=x%20y");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=1&a=2",
                "scope=x&sc%6fpe=y",
                "scope=%",
                "scope=%zz",
                "%zz=a",
                "a=b c",
                "a=b\r\nSet-Cookie: x",
                "a=b#c",
                "a=\u00e9",
                "a\u0000=b"
            })
    void whatCannotBePassedOnIsRefused(String raw) {
        assertThatThrownBy(() -> AuthorizationRequest.parse(raw).withScope(scope -> scope))
                .isInstanceOf(Problem.class);
    }
}
