package org.holovitals.mappings;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Test data that is too large for the repository: a folder {@code shared} beside the checkout, or HOLOVITALS_SHARED. */
final class Shared {
    private Shared() {}

    /** The file, or an assumption that says what is missing on this machine. */
    static Path file(String name) {
        var file = candidates()
                .map(folder -> folder.resolve(name))
                .filter(Files::exists)
                .findFirst();
        assumeTrue(
                file.isPresent(),
                () -> "This test reads " + name
                        + ", which is not there: put it into a folder 'shared' beside the checkout,"
                        + " or name its folder in HOLOVITALS_SHARED");
        return file.orElseThrow();
    }

    private static Stream<Path> candidates() {
        var named = Stream.of(System.getProperty("HOLOVITALS_SHARED"), System.getenv("HOLOVITALS_SHARED"))
                .flatMap(Stream::ofNullable)
                .map(Path::of);
        return Stream.concat(named, above(Path.of("").toAbsolutePath()).map(folder -> folder.resolve("shared")));
    }

    private static Stream<Path> above(Path folder) {
        return Stream.iterate(
                Optional.ofNullable(folder.getParent()).orElse(folder), Shared::isFolder, Path::getParent);
    }

    private static boolean isFolder(@Nullable Path folder) {
        return folder != null;
    }
}
