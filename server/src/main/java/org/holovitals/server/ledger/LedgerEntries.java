package org.holovitals.server.ledger;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.holovitals.server.ledger.LedgerEntry.Basis;
import org.holovitals.server.ledger.LedgerEntry.LedgerConsent;
import org.holovitals.server.ledger.LedgerEntry.Viewer;
import org.holovitals.server.ledger.LedgerEntry.What;
import org.holovitals.server.ledger.LedgerEntry.Why;
import org.holovitals.server.registration.KnownApps;
import org.jspecify.annotations.Nullable;

/** Makes rows of the log into entries for a patient; names and consents of a page are looked up together. */
final class LedgerEntries {
    private final KnownConsents consents;
    private final Directory directory;
    private final KnownApps apps;

    LedgerEntries(KnownConsents consents, Directory directory, KnownApps apps) {
        this.consents = consents;
        this.directory = directory;
        this.apps = apps;
    }

    /**
     * The entries of rows, as the patient may see them.
     *
     * @param patient whose ledger it is
     * @param reader the row of the user who reads
     * @param owner the row of the user whose record it is; null while nobody has claimed it
     */
    List<LedgerEntry> of(List<AuditRow> rows, String patient, UUID reader, @Nullable UUID owner) {
        Map<UUID, KnownConsents.Grant> grants = consents.of(rows);
        Set<UUID> own = KnownConsents.ofPatients(grants, Set.of(patient));
        Map<String, Directory.Person> people = directory.of(rows.stream()
                .map(row -> row.who().fhirUser())
                .filter(Objects::nonNull)
                .collect(Collectors.toSet()));
        Function<String, String> names = apps.names();
        return rows.stream()
                .map(row -> row.seenBy(Set.of(patient), own))
                .map(row -> new LedgerEntry(
                        row.id(),
                        row.timestamp(),
                        viewer(row, people, names, reader),
                        new What(LedgerWords.of(row), row.action(), row.resource(), row.resourceId(), Counts.of(row)),
                        row.outcome(),
                        KnownConsents.of(row, grants).stream()
                                .map(grant -> new LedgerConsent(grant.id(), grant.kind(), grant.until()))
                                .toList(),
                        row.scopes(),
                        why(row, KnownConsents.of(row, grants), owner)))
                .toList();
    }

    private static Viewer viewer(
            AuditRow row, Map<String, Directory.Person> people, Function<String, String> names, UUID reader) {
        AuditRow.Actor who = row.who();
        Directory.Person person = who.fhirUser() == null
                ? Directory.Person.UNKNOWN
                : people.getOrDefault(who.fhirUser(), Directory.Person.UNKNOWN);
        return new Viewer(
                who.viewer(),
                who.name() == null ? person.name() : who.name(),
                person.organization(),
                who.client() == null ? null : names.apply(who.client()),
                row.detail("model"),
                reader.equals(who.user()));
    }

    private static Why why(AuditRow row, List<KnownConsents.Grant> grants, @Nullable UUID owner) {
        UUID user = row.who().user();
        if (user == null) {
            return new Why(row.who().client() == null ? Basis.NONE : Basis.SERVICE, null);
        }
        if (user.equals(owner)) {
            return new Why(Basis.OWN, null);
        }
        return grants.stream()
                .findFirst()
                .map(grant -> new Why(basis(grant), grant.reason()))
                .orElseGet(() -> new Why(Basis.NONE, null));
    }

    private static Basis basis(KnownConsents.Grant grant) {
        return switch (grant.kind()) {
            case "break-glass" -> Basis.EMERGENCY;
            case "proxy" -> Basis.PROXY;
            default -> Basis.CONSENT;
        };
    }
}
