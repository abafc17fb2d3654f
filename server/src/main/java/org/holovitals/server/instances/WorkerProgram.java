package org.holovitals.server.instances;

import java.io.File;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.holovitals.migrations.Login;
import org.holovitals.server.instances.LocalProcesses.Program;

/** The command {@code worker} of the program that runs here: of the same jar or class path, on the same database. */
final class WorkerProgram {
    private static final String MAIN = "org.holovitals.server.command.HoloVitals";

    private WorkerProgram() {}

    static Program of(Login login, Path directory) {
        String classPath = System.getProperty("java.class.path");
        boolean isJar = classPath.endsWith(".jar") && !classPath.contains(File.pathSeparator);
        Map<String, String> environment = new LinkedHashMap<>(Map.of(
                "SPRING_DATASOURCE_URL",
                login.url(),
                "SPRING_DATASOURCE_USERNAME",
                login.user(),
                "SPRING_DATASOURCE_PASSWORD",
                login.password(),
                "HOLOVITALS_DATA",
                directory.toString()));
        if (!isJar) {
            // Not an argument: by arguments that are too long a process is not found again.
            environment.put("CLASSPATH", classPath);
        }
        return new Program(
                isJar
                        ? List.of("-jar", Path.of(classPath).toAbsolutePath().toString(), "worker", "--instance")
                        : List.of(MAIN, "worker", "--instance"),
                environment,
                ProcessBuilder.Redirect.INHERIT);
    }
}
