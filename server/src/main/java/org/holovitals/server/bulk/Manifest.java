package org.holovitals.server.bulk;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.holovitals.server.bulk.BulkFile.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Which files a job has made (http://hl7.org/fhir/uv/bulkdata/STU2/export.html#response---output-manifest).
 *
 * @param transactionTime the {@code _since} of the next export
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Manifest(
        String transactionTime,
        String request,
        @JsonProperty("requiresAccessToken") boolean requiresAccessToken,
        List<Item> output,
        List<Item> deleted,
        List<Item> error) {

    /** A file. */
    record Item(String type, String url, long count) {}

    static Manifest of(BulkJob job, List<BulkFile> files, String address) {
        @Nullable Object time = job.state().transactionTime();
        return new Manifest(
                String.valueOf(time == null ? job.state().createdAt() : time),
                job.requestUrl(),
                true,
                items(files, Kind.OUTPUT, address),
                items(files, Kind.DELETED, address),
                items(files, Kind.ERROR, address));
    }

    private static List<Item> items(List<BulkFile> files, Kind kind, String address) {
        return files.stream()
                .filter(file -> file.kind() == kind)
                .map(file -> new Item(file.type(), address + file.name(), file.resources()))
                .toList();
    }
}
