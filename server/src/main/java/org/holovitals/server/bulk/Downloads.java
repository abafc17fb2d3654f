package org.holovitals.server.bulk;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.holovitals.server.database.PrivateFiles;

/** Fetches files from the origins that the settings list. A redirect is not followed: it could lead anywhere. */
final class Downloads {
    private static final int OK = 200;
    private static final int BUFFER = 1 << 16;

    private final RemoteSettings settings;
    private final HttpClient http;

    Downloads(RemoteSettings settings) {
        this.settings = settings;
        this.http = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.timeout())
                .build();
    }

    /**
     * Fetches a file.
     *
     * @throws JobFailed when its server does not hand it out, or it is too large
     */
    void fetch(ImportTask.Input input, Path target) throws IOException, InterruptedException {
        URI address = URI.create(input.url());
        if (!settings.allows(address)) {
            throw new JobFailed("This server does not fetch files from the address of an input any more");
        }
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(settings.timeout())
                .header("Accept", "application/fhir+ndjson, application/ndjson;q=0.9, */*;q=0.1")
                .build();
        try {
            HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                if (response.statusCode() != OK) {
                    throw new JobFailed("A file of type " + input.type() + " cannot be fetched: its server answers "
                            + response.statusCode());
                }
                copy(body, target, input.type());
            }
        } catch (IOException e) {
            throw new JobFailed("A file of type " + input.type() + " cannot be fetched: its server does not answer");
        }
    }

    private void copy(InputStream body, Path target, String type) throws IOException {
        long most = settings.maxFileSize().toBytes();
        byte[] buffer = new byte[BUFFER];
        long size = 0;
        try (OutputStream out = Files.newOutputStream(PrivateFiles.file(target))) {
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                size += read;
                if (size > most) {
                    throw new JobFailed("A file of type " + type + " has more than " + most + " bytes");
                }
                out.write(buffer, 0, read);
            }
        }
    }
}
