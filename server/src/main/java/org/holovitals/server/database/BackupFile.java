package org.holovitals.server.database;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** A backup that was read through once and found as its manifest says. */
final class BackupFile implements AutoCloseable {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);

    private final ZipFile zip;
    private final Manifest manifest;

    private BackupFile(ZipFile zip, Manifest manifest) {
        this.zip = zip;
        this.manifest = manifest;
    }

    /** Refuses a file that is cut short, changed, incomplete or of an unknown format. */
    static BackupFile open(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new BackupRefused("There is no backup file " + file + ".");
        }
        ZipFile zip;
        try {
            zip = new ZipFile(file.toFile());
        } catch (ZipException e) {
            throw new BackupRefused(file + " is no complete backup: it was cut short or is another kind of file.", e);
        }
        try {
            BackupFile backup = new BackupFile(zip, manifest(zip, file));
            backup.verify(file);
            return backup;
        } catch (IOException | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    Manifest manifest() {
        return manifest;
    }

    Checksums.Input content(String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new BackupRefused("The backup lacks " + name + ".");
        }
        return new Checksums.Input(zip.getInputStream(entry));
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    private static Manifest manifest(ZipFile zip, Path file) throws IOException {
        ZipEntry entry = zip.getEntry(Manifest.ENTRY);
        if (entry == null) {
            throw new BackupRefused(file + " is no HoloVitals backup: it has no " + Manifest.ENTRY + ".");
        }
        try (InputStream in = zip.getInputStream(entry)) {
            Manifest manifest = JSON.readValue(in, Manifest.class);
            if (manifest.format() != Manifest.FORMAT) {
                throw new BackupRefused(file + " has the backup format " + manifest.format() + ", this release reads "
                        + Manifest.FORMAT + ".");
            }
            return manifest;
        } catch (JacksonException | ZipException e) {
            throw new BackupRefused(file + " was changed: its " + Manifest.ENTRY + " cannot be read.", e);
        }
    }

    private void verify(Path file) throws IOException {
        Map<String, Manifest.Checksum> expected = new LinkedHashMap<>();
        manifest.allTables().forEach(table -> expected.put(table.entry(), table.checksum()));
        expected.put(Manifest.LARGE_OBJECTS, manifest.largeObjects().checksum());
        if (zip.size() != expected.size() + 1) {
            throw new BackupRefused(file + " was changed: it does not hold the entries that its manifest names.");
        }
        for (Map.Entry<String, Manifest.Checksum> entry : expected.entrySet()) {
            if (!matches(entry.getKey(), entry.getValue())) {
                throw new BackupRefused(file + " was changed or damaged: " + entry.getKey()
                        + " does not match its checksum. Nothing was loaded.");
            }
        }
    }

    private boolean matches(String name, Manifest.Checksum expected) throws IOException {
        try (Checksums.Input in = content(name)) {
            return in.checksum().equals(expected);
        } catch (ZipException | EOFException e) {
            return false;
        }
    }
}
