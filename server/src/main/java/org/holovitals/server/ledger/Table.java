package org.holovitals.server.ledger;

import java.util.List;
import java.util.Map;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * A report: as JSON an object for each row, as CSV a line.
 *
 * @param columns in their order; each row has all of them
 */
record Table(List<String> columns, List<Map<String, Object>> rows) {
    static final MediaType CSV = MediaType.parseMediaType("text/csv;charset=UTF-8");

    /**
     * As CSV where the {@code format} or the Accept header asks for it, else as JSON.
     *
     * @param name of the file
     */
    ResponseEntity<Table> answer(String format, String accept, String name) {
        boolean isCsv = format.isEmpty() ? accept.contains("text/csv") : format.equals("csv");
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok()
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .contentType(isCsv ? CSV : MediaType.APPLICATION_JSON);
        if (isCsv) {
            answer.header(
                    HttpHeaders.CONTENT_DISPOSITION,
                    ContentDisposition.attachment()
                            .filename(name + ".csv")
                            .build()
                            .toString());
        }
        return answer.body(this);
    }
}
