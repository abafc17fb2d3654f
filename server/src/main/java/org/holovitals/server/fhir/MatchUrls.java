package org.holovitals.server.fhir;

import ca.uhn.fhir.context.RuntimeResourceDefinition;
import ca.uhn.fhir.jpa.searchparam.MatchUrlService;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.util.MatchUrlUtil;
import java.util.List;
import org.apache.http.NameValuePair;
import org.jspecify.annotations.Nullable;

/**
 * HAPI's reader of conditions (If-None-Exist, conditional updates and deletes, Subscription criteria), which ignores
 * what it does not know: a misspelt condition must not select every resource of its type.
 */
final class MatchUrls extends MatchUrlService {
    private final QueryCheck check;

    MatchUrls(QueryCheck check) {
        this.check = check;
    }

    @Override
    public SearchParameterMap translateMatchUrl(
            String url, @Nullable RuntimeResourceDefinition definition, Flag... flags) {
        List<NameValuePair> parameters = MatchUrlUtil.translateMatchUrl(url);
        if (definition != null) {
            for (NameValuePair parameter : parameters) {
                check.search(definition.getName(), parameter.getName(), valueOf(parameter));
            }
        }
        if (!parameters.isEmpty() && parameters.stream().noneMatch(MatchUrls::selects)) {
            throw new InvalidRequestException(
                    "The condition " + url + " selects nothing: it needs a search parameter " + "with a value");
        }
        return super.translateMatchUrl(url, definition, flags);
    }

    private static boolean selects(NameValuePair parameter) {
        return !valueOf(parameter).isBlank() && SearchModifiers.selects(parameter.getName());
    }

    private static String valueOf(NameValuePair parameter) {
        return parameter.getValue() == null ? "" : parameter.getValue();
    }
}
