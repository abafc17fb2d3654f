package org.holovitals.server.context;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;

/** Counts tokens by cl100k_base, which is that of GPT-3.5 and GPT-4 and close to the others: it is no estimate by length. */
public final class Tokens {
    private static final Encoding ENCODING = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.CL100K_BASE);

    private Tokens() {}

    /** How many tokens a text is; names of special tokens in it are plain text. */
    public static long count(String text) {
        return ENCODING.countTokensOrdinary(text);
    }
}
