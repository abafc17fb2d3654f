package org.holovitals.server.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Reads {@code /proc}. Elsewhere than on Linux there is none, and all times are zero. */
final class Processes {
    private static final Path PROC = Path.of("/proc");
    private static final double TICKS_PER_SECOND = 100;

    private Processes() {}

    /** CPU seconds of a process and of its children, ended and running. */
    static double cpuSeconds(long process) {
        double seconds = ownTicks(process, true) / TICKS_PER_SECOND;
        for (long child : children(process)) {
            seconds += ownTicks(child, false) / TICKS_PER_SECOND;
        }
        return seconds;
    }

    private static List<Long> children(long process) {
        return ProcessHandle.of(process).stream()
                .flatMap(ProcessHandle::children)
                .map(ProcessHandle::pid)
                .toList();
    }

    /** Fields 14 to 17 of the line: in user mode and in the kernel, and those of children that have ended. */
    private static double ownTicks(long process, boolean withEnded) {
        String[] fields = fields(process);
        return Stream.of(fields)
                .skip(11)
                .limit(withEnded ? 4 : 2)
                .mapToLong(Long::parseLong)
                .sum();
    }

    /** What stands behind the name of the program, which may hold blanks; nothing when the process has ended. */
    private static String[] fields(long process) {
        try {
            String line = Files.readString(PROC.resolve(process + "/stat"));
            return line.substring(line.lastIndexOf(')') + 2).split(" ");
        } catch (IOException e) {
            // It ended before or while it was read.
            return new String[0];
        }
    }

    /** The machine's load of the last minute, its kernel's way of telling it. */
    static String load() {
        try {
            return Arrays.stream(Files.readString(PROC.resolve("loadavg")).split(" "))
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }
}
