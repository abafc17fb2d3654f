package org.holovitals.server.texts;

import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the reading process is started: with this Java and the classes that this process has, packed in one jar or not. */
final class ReaderCommand {
    private static final String LAUNCHER = "org.springframework.boot.loader.launch.PropertiesLauncher";

    private final TextSettings settings;

    ReaderCommand(TextSettings settings) {
        this.settings = settings;
    }

    /** To read a file, or to see a place in it. */
    List<String> of(String type, Limits limits, @Nullable Place place) {
        String main = TextMain.class.getName();
        Path directory = settings.directory().toAbsolutePath();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + settings.memory().toBytes(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:-UsePerfData",
                // A dump would hold what was read.
                "-XX:ErrorFile=/dev/null",
                "-XX:-CreateCoredumpOnCrash",
                "-Djava.awt.headless=true",
                "-Djava.io.tmpdir=" + directory,
                "-Duser.home=" + directory,
                "-Dorg.bytedeco.javacpp.cachedir=" + directory.resolve("native"),
                "-Dorg.bytedeco.javacpp.logger.debug=false",
                "-Dpdfbox.fontcache=" + directory,
                "-cp",
                classPath()));
        if (isPacked()) {
            command.add(command.indexOf("-cp"), "-Dloader.main=" + main);
        }
        command.add(isPacked() ? LAUNCHER : main);
        command.add(type);
        command.add(directory.toString());
        command.addAll(limits.arguments());
        if (place != null) {
            command.addAll(place.arguments());
        }
        return command;
    }

    /** Whether the server runs out of its one jar, in which the classes are no class path of their own. */
    private static boolean isPacked() {
        CodeSource source = TextMain.class.getProtectionDomain().getCodeSource();
        return source != null && source.getLocation().toString().startsWith("jar:nested:");
    }

    /** The process has another directory to work in. */
    private static String classPath() {
        String separator = System.getProperty("path.separator");
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(separator, -1)) {
            entries.add(Path.of(entry).toAbsolutePath().toString());
        }
        return String.join(separator, entries);
    }
}
