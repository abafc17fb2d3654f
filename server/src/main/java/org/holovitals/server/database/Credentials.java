package org.holovitals.server.database;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Properties;

/** The embedded server's two random passwords, kept in a file that only this user reads. */
record Credentials(String superuserPassword, String loginPassword) {

    static Credentials of(Path directory) throws IOException {
        Path file = directory.resolve("credentials.properties");
        if (Files.notExists(file)) {
            PrivateFiles.write(file, "superuser=" + random() + "\nlogin=" + random() + "\n");
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return new Credentials(read(properties, "superuser", file), read(properties, "login", file));
    }

    private static String read(Properties properties, String name, Path file) throws IOException {
        String value = properties.getProperty(name);
        if (value == null) {
            throw new IOException(file + " lacks the password '" + name + "'");
        }
        return value;
    }

    private static String random() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public String toString() {
        return "Credentials";
    }
}
