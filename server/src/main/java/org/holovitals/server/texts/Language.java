package org.holovitals.server.texts;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.holovitals.server.database.PrivateFiles;

/** What Tesseract knows of English, out of the class path into a directory where it finds it. */
final class Language {
    static final String NAME = "eng";

    private static final String FILE = NAME + ".traineddata";

    private Language() {}

    /** The directory with the file. Two processes that unpack it at once both end with the whole of it. */
    static Path in(Path directory) throws IOException {
        Path languages = PrivateFiles.directory(directory.resolve("tessdata"));
        Path file = languages.resolve(FILE);
        if (Files.notExists(file)) {
            Path unpacked = Files.createTempFile(languages, NAME, ".new");
            try (InputStream packed = Language.class.getResourceAsStream("/tessdata/" + FILE)) {
                if (packed == null) {
                    throw new IllegalStateException("the language is on the class path");
                }
                Files.copy(packed, unpacked, StandardCopyOption.REPLACE_EXISTING);
                PrivateFiles.replace(unpacked, file);
            } finally {
                Files.deleteIfExists(unpacked);
            }
        }
        return languages;
    }
}
