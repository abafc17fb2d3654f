package org.holovitals.server.costs;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.OffsetDateTime;
import java.util.List;
import org.holovitals.server.context.ModelPrice;

/** The price list that ships with the server: each line says where and when it was read. */
final class PriceList {
    private PriceList() {}

    /**
     * A line.
     *
     * @param validFrom from when on the price counts, ISO 8601
     * @param source where it was read
     */
    record Line(ModelPrice price, String validFrom, String source) {
        OffsetDateTime from() {
            return OffsetDateTime.parse(validFrom);
        }
    }

    static List<Line> read() {
        try (InputStream list = PriceList.class.getResourceAsStream("/costs/model-prices.json")) {
            return new ObjectMapper()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .readValue(list, new TypeReference<>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
