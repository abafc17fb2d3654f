package org.holovitals.server.documents;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.holovitals.server.clients.NodeModules;
import org.jspecify.annotations.Nullable;

/** A server that speaks S3, s3rver of npm, for all tests of a run; without npm they are skipped. It knows keys, but checks no
 * signatures of version 4. */
final class S3Server {
    static final String BUCKET = "holovitals";
    static final String KEY = "S3RVER";
    static final String SECRET = "S3RVER";

    private static final String LISTENING = "S3rver listening on ";
    private static @Nullable S3Server running;

    /** Where its objects lie, in files named after them. */
    final Path directory;

    private final URI endpoint;

    private S3Server(Path directory, URI endpoint) {
        this.directory = directory;
        this.endpoint = endpoint;
    }

    static synchronized S3Server get() throws IOException, InterruptedException {
        S3Server known = running;
        if (known == null) {
            known = start();
            running = known;
        }
        return known;
    }

    private static S3Server start() throws IOException, InterruptedException {
        Path folder = NodeModules.ready();
        Path directory = Files.createTempDirectory(folder.toAbsolutePath(), "s3");
        Process process = new ProcessBuilder(List.of(
                        "node",
                        "node_modules/s3rver/bin/s3rver.js",
                        "--directory",
                        directory.toString(),
                        "--address",
                        "127.0.0.1",
                        "--port",
                        "0",
                        "--no-vhost-buckets",
                        "--configure-bucket",
                        BUCKET))
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = output.readLine();
        while (line != null && !line.startsWith(LISTENING)) {
            line = output.readLine();
        }
        if (line == null) {
            throw new IOException("s3rver did not start");
        }
        Thread drain = new Thread(() -> output.lines().forEach(unused -> {}));
        drain.setDaemon(true);
        drain.start();
        return new S3Server(directory, URI.create("http://" + line.substring(LISTENING.length())));
    }

    BlobSettings settings(String key, String prefix) {
        return settings(endpoint, key, prefix);
    }

    static BlobSettings settings(URI endpoint, String key, String prefix) {
        return new BlobSettings(endpoint, BUCKET, prefix, "us-east-1", key, SECRET, null, Duration.ofMillis(1500));
    }
}
