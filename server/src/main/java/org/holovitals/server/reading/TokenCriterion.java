package org.holovitals.server.reading;

import ca.uhn.fhir.rest.param.TokenParam;
import ca.uhn.fhir.rest.param.TokenParamModifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.holovitals.server.fhir.IndexHashes;
import org.jspecify.annotations.Nullable;

/** A token (http://hl7.org/fhir/R4/search.html#token) in its four spellings, any of several, or none of them by {@code :not}. */
final class TokenCriterion {
    private TokenCriterion() {}

    /** Empty for what only HAPI understands. */
    static Optional<Sql> of(String type, String parameter, List<TokenParam> values) {
        List<Sql> matches = new ArrayList<>();
        for (TokenParam value : values) {
            boolean isPlain = value.getModifier() == null || value.getModifier() == TokenParamModifier.NOT;
            if (!isPlain || value.getMissing() != null || value.isEmpty() || isTooLong(value)) {
                return Optional.empty();
            }
            matches.add(match(type, parameter, value));
        }
        Sql has = Sql.of("select from fhir.hfj_spidx_token t where t.res_id = c.res_id and ")
                .and(Sql.any(matches))
                .exists();
        return Optional.of(values.get(0).getModifier() == TokenParamModifier.NOT ? has.negated() : has);
    }

    private static Sql match(String type, String parameter, TokenParam value) {
        @Nullable String system = value.getSystem();
        String code = value.getValue();
        if (system == null) {
            return Sql.of("t.hash_value = ?", IndexHashes.value(type, parameter, code));
        } else if (code == null || code.isBlank()) {
            return Sql.of("t.hash_sys = ?", IndexHashes.system(type, parameter, system));
        }
        return Sql.of("t.hash_sys_and_value = ?", IndexHashes.systemAndValue(type, parameter, system, code));
    }

    /** Longer than the columns; HAPI has words for it. */
    private static boolean isTooLong(TokenParam value) {
        return String.valueOf(value.getSystem()).length() > 200
                || String.valueOf(value.getValue()).length() > 200;
    }
}
