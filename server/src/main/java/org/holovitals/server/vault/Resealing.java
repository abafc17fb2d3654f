package org.holovitals.server.vault;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.holovitals.server.base.Ids;
import org.holovitals.server.vault.KeyRenewal.Damage;
import org.holovitals.server.vault.KeyRenewal.Left;
import org.holovitals.server.vault.SealedRows.Sealed;

/**
 * Seals anew whatever is under former keys. Each value is replaced by itself where it still is what was read, so that nobody
 * waits for another's row and nothing is lost that somebody writes meanwhile.
 */
final class Resealing {
    private static final int BATCH = 200;

    private final DataKeys keys;
    private final Vault vault;
    private final SealedRows rows;
    private final SealedFiles files;

    Resealing(DataKeys keys, Vault vault, SealedRows rows, SealedFiles files) {
        this.keys = keys;
        this.vault = vault;
        this.rows = rows;
        this.files = files;
    }

    /** One pass over everything. */
    final class Pass {
        private final Map<UUID, UUID> patients = formerKeys();
        private final List<Damage> damaged = new ArrayList<>();
        private final Set<UUID> patientsWithDamagedFiles = new HashSet<>();
        private long values;
        private long changedFiles;

        long values() {
            return values;
        }

        long files() {
            return changedFiles;
        }

        List<Damage> damaged() {
            return damaged;
        }

        /** Former keys under which nothing is any more; those of who has a file that cannot be looked into are not among them. */
        List<UUID> unused() {
            Set<UUID> used = rows.counts().keySet();
            return patients.entrySet().stream()
                    .filter(key -> !used.contains(key.getKey()) && !patientsWithDamagedFiles.contains(key.getValue()))
                    .map(Map.Entry::getKey)
                    .toList();
        }

        private Pass over() {
            if (!patients.isEmpty()) {
                SealedColumn.all().forEach(this::column);
                Set.copyOf(patients.values())
                        .forEach(patient -> files.of(patient).forEach(file -> file(patient, file)));
            }
            return this;
        }

        private void column(SealedColumn column) {
            UUID after = Ids.LEAST;
            for (List<Sealed> batch = rows.underFormerKeys(column, after, BATCH);
                    !batch.isEmpty();
                    batch = rows.underFormerKeys(column, after, BATCH)) {
                batch.forEach(each -> value(column, each));
                after = batch.get(batch.size() - 1).row();
            }
        }

        private void value(SealedColumn column, Sealed sealed) {
            try {
                UUID patient = patients.get(Vault.keyOf(sealed.envelope()));
                if (patient != null && rows.replace(column, sealed, renewed(column, sealed, patient))) {
                    values++;
                }
            } catch (TamperedException | IllegalStateException e) {
                damaged.add(new Damage(column.name(), sealed.row()));
            } catch (ShreddedException e) {
                // The patient's keys were destroyed meanwhile: there is nothing to be sealed any more.
                patients.remove(Vault.keyOf(sealed.envelope()));
            }
        }

        private String renewed(SealedColumn column, Sealed sealed, UUID patient) {
            return vault.renew(patient, column.context(sealed.row()), sealed.envelope());
        }

        private void file(UUID patient, UUID file) {
            try {
                // A row names it: where it is not, the files may lie elsewhere than where this command looks.
                byte[] head = files.head(file).orElseThrow(() -> new TamperedException("A file is not there"));
                if (patients.containsKey(Vault.keyOf(head))) {
                    files.replaceHead(file, vault.renew(patient, files.context(file), head));
                    changedFiles++;
                }
            } catch (IOException | TamperedException | IllegalStateException e) {
                damaged.add(new Damage("documents.file_path", file));
                patientsWithDamagedFiles.add(patient);
            } catch (ShreddedException e) {
                patients.values().removeIf(patient::equals);
            }
        }
    }

    /** Goes over everything once. */
    Pass pass() {
        return new Pass().over();
    }

    /** How many values and files are still under former keys; a file that cannot be looked into is one of them. */
    Left left() {
        Map<UUID, UUID> former = formerKeys();
        long inFiles = former.values().stream()
                .distinct()
                .flatMap(patient -> files.of(patient).stream())
                .filter(file -> isUnder(former.keySet(), file))
                .count();
        long inRows = rows.counts().values().stream().mapToLong(Long::longValue).sum();
        return new Left(former.size(), inRows, inFiles);
    }

    private boolean isUnder(Set<UUID> former, UUID file) {
        try {
            return files.head(file)
                    .map(head -> former.contains(Vault.keyOf(head)))
                    .orElse(true);
        } catch (IOException | TamperedException e) {
            return true;
        }
    }

    private Map<UUID, UUID> formerKeys() {
        return keys.former().stream().collect(Collectors.toMap(WrappedKey::id, WrappedKey::patient));
    }
}
