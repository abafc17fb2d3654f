package org.holovitals.server.documents;

import java.text.Normalizer;
import org.jspecify.annotations.Nullable;

/** The name of a file as its owner knows it: something to show, never a path and never a hint of what it is. */
final class FileName {
    private static final int LONGEST = 150;

    private FileName() {}

    /** Without folders, without characters that steer how it is shown, and not too long; never empty. */
    static String of(@Nullable String given, FileType type) {
        String whole = given == null ? "" : Normalizer.normalize(given, Normalizer.Form.NFC);
        String name = whole.substring(Math.max(whole.lastIndexOf('/'), whole.lastIndexOf('\\')) + 1)
                .replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}\"<>:|?*]", "")
                .replaceFirst("^[.\\s]+", "")
                .strip();
        return name.isEmpty() ? "document." + type.ending() : shortened(name);
    }

    /** The ending stays. */
    private static String shortened(String name) {
        if (name.codePointCount(0, name.length()) <= LONGEST) {
            return name;
        }
        int dot = name.lastIndexOf('.');
        String ending = dot > 0 && name.length() - dot <= 10 ? name.substring(dot) : "";
        return name.substring(0, name.offsetByCodePoints(0, LONGEST - ending.length())) + ending;
    }
}
