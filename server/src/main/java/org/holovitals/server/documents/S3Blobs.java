package org.holovitals.server.documents;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.holovitals.server.base.Sha256;
import org.holovitals.server.database.PrivateFiles;
import org.holovitals.server.documents.S3Calls.Call;
import org.jspecify.annotations.Nullable;

/**
 * Blobs as objects of a store that speaks S3. What is put lies sealed in a file first: the store wants to know its length and its
 * hash before, and it may have to be sent again. It is there when the store has said so, having compared the hash.
 */
final class S3Blobs implements BlobStore {
    private static final String UNFINISHED = ".new";
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final S3Calls calls;
    private final String prefix;
    private final Path directory;

    /**
     * With what every name begins.
     *
     * @param directory for what is on its way
     */
    S3Blobs(S3Calls calls, String prefix, Path directory) {
        this.calls = calls;
        this.prefix = prefix;
        this.directory = directory;
    }

    @Override
    public void put(UUID id, Writer writer) throws IOException {
        PrivateFiles.directory(directory);
        Path file = directory.resolve(id + UNFINISHED);
        try {
            String hash = write(PrivateFiles.file(file), writer);
            try (InputStream answer = calls.send(new Call("PUT", name(id), () -> BodyPublishers.ofFile(file), hash))
                    .orElseThrow(() -> new S3Exception("The store has no place for it"))) {
                answer.transferTo(OutputStream.nullOutputStream());
            }
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static String write(Path file, Writer writer) throws IOException {
        MessageDigest sha256 = Sha256.digest();
        try (OutputStream out = new DigestOutputStream(new BufferedOutputStream(Files.newOutputStream(file)), sha256)) {
            writer.to(out);
        }
        return HexFormat.of().formatHex(sha256.digest());
    }

    @Override
    public Optional<InputStream> open(UUID id) throws IOException {
        return calls.send(Call.of("GET", name(id)));
    }

    /** The store does not say whether there was one: it is asked before. */
    @Override
    public boolean delete(UUID id) throws IOException {
        Optional<InputStream> there = calls.send(Call.of("HEAD", name(id)));
        if (there.isEmpty()) {
            return false;
        }
        there.get().close();
        Optional<InputStream> answer = calls.send(Call.of("DELETE", name(id)));
        if (answer.isPresent()) {
            answer.get().close();
        }
        return true;
    }

    @Override
    public void before(Instant time, Consumer<UUID> consumer) throws IOException {
        String next = null;
        do {
            S3Listing page = list(next);
            page.objects().stream()
                    .filter(object -> object.written().isBefore(time))
                    .flatMap(object -> id(object.name()))
                    .forEach(consumer);
            next = page.next();
        } while (next != null);
        sweep(time);
    }

    private S3Listing list(@Nullable String next) throws IOException {
        // The signature wants them in the order of their names.
        String query = "?" + (next == null ? "" : "continuation-token=" + encoded(next) + "&") + "list-type=2&prefix="
                + encoded(prefix);
        try (InputStream answer = calls.send(Call.of("GET", query))
                .orElseThrow(() -> new S3Exception("The store does not know the bucket"))) {
            return S3Listing.read(answer);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    /** What a server that was killed left on its way. */
    private void sweep(Instant time) throws IOException {
        if (Files.notExists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(UNFINISHED)).toList()) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(time)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private String name(UUID id) {
        return prefix + id;
    }

    /** Other objects are not ours. */
    private Stream<UUID> id(String name) {
        String rest = name.startsWith(prefix) ? name.substring(prefix.length()) : "";
        return ID.matcher(rest).matches() ? Stream.of(UUID.fromString(rest)) : Stream.empty();
    }
}
