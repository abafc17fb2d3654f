package org.holovitals.server.seed;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A line of the price list that ships with the server; prices are for a million tokens. */
record ModelPrice(
        String provider,
        String model,
        String validFrom,
        BigDecimal input,
        @Nullable BigDecimal cachedInput,
        BigDecimal output,
        String currency,
        String source) {

    static List<ModelPrice> list() {
        try (InputStream list = ModelPrice.class.getResourceAsStream("/seed/model-prices.json")) {
            return new ObjectMapper()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .readValue(list, new TypeReference<>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    OffsetDateTime from() {
        return OffsetDateTime.parse(validFrom);
    }
}
