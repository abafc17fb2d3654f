package org.holovitals.server.consent;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.holovitals.server.notifications.Notification;
import org.holovitals.server.notifications.Notifications;

/**
 * Tells whoever gives or receives a grant what became of it, in the transaction in which that happened. The words may
 * stand on a locked screen: they say neither what is shown nor to whom.
 */
final class ConsentNews {
    private final Notifications notifications;
    private final ConsentGrants grants;

    ConsentNews(Notifications notifications, ConsentGrants grants) {
        this.notifications = notifications;
        this.grants = grants;
    }

    /** Tells what it is told of a decision, and that it was made all who might have made it, but who did. */
    static BiConsumer<ConsentNews, ConsentGrant> decided(BiConsumer<ConsentNews, ConsentGrant> tell, UUID by) {
        return tell.andThen((news, grant) -> news.decided(grant, by));
    }

    private void decided(ConsentGrant grant, UUID by) {
        toDeciders(
                grant,
                by,
                "consent-decided",
                "Somebody decided about an access to a record for which you decide.",
                false);
    }

    void requested(ConsentGrant grant) {
        String message = grant.kind() == Kind.PROXY
                ? "Somebody asks to look after your record. Allow it only to whom you know."
                : "A clinician asks to see parts of your record.";
        toOwner(grant, "consent-requested", message, true);
    }

    void brokeGlass(ConsentGrant grant) {
        toOwner(
                grant,
                "break-glass",
                "A clinician opened your record in an emergency without your consent, for 60 minutes.",
                false);
    }

    void approved(ConsentGrant grant) {
        toGrantee(grant, "consent-approved", "You were given access to a record.");
    }

    void denied(ConsentGrant grant) {
        toGrantee(grant, "consent-denied", "Your request for access to a record was denied.");
    }

    void revoked(ConsentGrant grant) {
        toGrantee(grant, "consent-revoked", "Your access to a record was revoked.");
    }

    void withdrawn(ConsentGrant grant) {
        toOwner(grant, "consent-withdrawn", "A request for access to your record was withdrawn.", false);
    }

    void givenBack(ConsentGrant grant) {
        toOwner(grant, "consent-given-back", "Somebody gave back the access to your record.", false);
    }

    void expired(ConsentGrant grant) {
        toGrantee(grant, "consent-expired", "Your access to a record has ended.");
    }

    void unanswered(ConsentGrant grant) {
        toGrantee(grant, "consent-unanswered", "Your request for access to a record was not answered within 7 days.");
    }

    void expiring(ConsentGrant grant) {
        toGrantee(grant, "consent-expiring", "Your access to a record ends within 2 hours.");
        toOwner(grant, "consent-expiring", "An access to your record ends within 2 hours.", false);
    }

    private void toGrantee(ConsentGrant grant, String type, String message) {
        tell(grant.grantee().user(), grant, type, message, false);
    }

    private void toOwner(ConsentGrant grant, String type, String message, boolean requiresAction) {
        toDeciders(grant, grant.grantee().user(), type, message, requiresAction);
    }

    /** The patient, and the proxies who decide; of a proxy's grant the patient only. */
    private void toDeciders(ConsentGrant grant, UUID but, String type, String message, boolean requiresAction) {
        Set<UUID> told = new LinkedHashSet<>();
        if (grant.owner() != null) {
            told.add(grant.owner());
        }
        if (grant.kind() != Kind.PROXY) {
            told.addAll(grants.deciding(grant.patient()));
        }
        told.remove(but);
        told.forEach(user -> tell(user, grant, type, message, requiresAction));
    }

    private void tell(UUID user, ConsentGrant grant, String type, String message, boolean requiresAction) {
        notifications.tell(user, new Notification(type, message, requiresAction, "/consents/" + grant.id()));
    }
}
