package org.holovitals.server.review;

import java.util.UUID;
import org.holovitals.server.access.CalledBy;
import org.holovitals.server.access.CalledBy.Kind;
import org.holovitals.server.access.Caller;
import org.holovitals.server.review.Inbox.Seen;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/review/ID/crop}: the row of the page from which a value was read. */
@RestController
@ConditionalOnWebApplication
final class CropEndpoint {
    private final Inbox inbox;
    private final Crops crops;

    CropEndpoint(Inbox inbox, Crops crops) {
        this.inbox = inbox;
        this.crops = crops;
    }

    /** A PNG of the row with a margin; of the whole page where it has no place. */
    @GetMapping(path = "/api/review/{id}/crop", produces = MediaType.IMAGE_PNG_VALUE)
    @CalledBy({Kind.PATIENT, Kind.CLINICIAN})
    ResponseEntity<byte[]> crop(@PathVariable UUID id, Caller caller) {
        ReviewEndpoint.note(caller, "see-review-crop", id);
        Seen seen = inbox.seen(caller, id);
        return ResponseEntity.ok()
                .contentType(MediaType.IMAGE_PNG)
                .cacheControl(CacheControl.noStore().cachePrivate())
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "sandbox; default-src 'none'")
                .body(crops.of(caller, seen));
    }
}
