package org.holovitals.keycloak.launcher;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** The part of this module that runs inside Keycloak, as a jar of the same bytes for the same classes. */
public final class ProviderJar {
    private static final String OURS = "org/holovitals/keycloak/provider/";
    private static final String SERVICES = "META-INF/services/org.keycloak.";
    private static final String THEME = "theme-resources/";

    private final byte[] bytes;

    private ProviderJar(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Made from where this class was loaded: a folder of classes, a jar, or a jar within the application's jar. */
    public static ProviderJar make() throws IOException {
        return new ProviderJar(jar(entries()));
    }

    /** Writes the jar, over one that is there. */
    public void writeTo(Path file) throws IOException {
        Files.write(file, bytes);
    }

    /** A short name for its content. */
    String hash() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(hash, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static Map<String, byte[]> entries() throws IOException {
        try {
            URI source = ProviderJar.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI();
            return source.toString().startsWith("file:") && Files.isDirectory(Path.of(source))
                    ? ofFolder(Path.of(source))
                    : ofJar(source);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("a class's own address is a URI", e);
        }
    }

    private static Map<String, byte[]> ofFolder(Path folder) throws IOException {
        Map<String, byte[]> entries = new TreeMap<>();
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            String name = folder.relativize(file).toString().replace('\\', '/');
            if (belongs(name)) {
                entries.put(name, Files.readAllBytes(file));
            }
        }
        return entries;
    }

    private static Map<String, byte[]> ofJar(URI source) throws IOException {
        // Spring Boot says jar:nested:/app.jar/!BOOT-INF/lib/keycloak.jar!/; without frame it is the inner jar itself.
        String address = source.toString().replaceFirst("^jar:", "").replaceFirst("!/$", "");
        Map<String, byte[]> entries = new TreeMap<>();
        try (InputStream in = URI.create(address).toURL().openStream();
                ZipInputStream jar = new ZipInputStream(in)) {
            for (ZipEntry entry = jar.getNextEntry(); entry != null; entry = jar.getNextEntry()) {
                if (belongs(entry.getName())) {
                    entries.put(entry.getName(), jar.readAllBytes());
                }
            }
        }
        return entries;
    }

    private static boolean belongs(String name) {
        return !name.endsWith("/") && (name.startsWith(OURS) || name.startsWith(SERVICES) || name.startsWith(THEME));
    }

    private static byte[] jar(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream jar = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                ZipEntry header = new ZipEntry(entry.getKey());
                // A zip has local times: this one is written alike in every zone.
                header.setTime(new GregorianCalendar(2026, Calendar.JANUARY, 1).getTimeInMillis());
                jar.putNextEntry(header);
                jar.write(entry.getValue());
            }
        }
        return bytes.toByteArray();
    }
}
