package io.promotionverifier.benchmarks.ladder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** What the operating system says of a process. Stateless. */
final class ProcessMeter {
    private static final String PEAK = "VmHWM:";
    private static final String RESIDENT = "VmRSS:";
    private static final long KIBI = 1024;

    private ProcessMeter() {}

    /** Processor time since its start; zero for one that is gone. */
    static Duration cpu(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .orElse(Duration.ZERO);
    }

    /** The most resident memory that it ever had, in bytes; absent where there is no /proc. */
    static OptionalLong peakBytes(long pid) {
        return bytes(pid, PEAK);
    }

    /** The resident memory that it has now, in bytes; absent where there is no /proc. */
    static OptionalLong residentBytes(long pid) {
        return bytes(pid, RESIDENT);
    }

    private static OptionalLong bytes(long pid, String name) {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        try (Stream<String> lines = Files.exists(status) ? Files.lines(status) : Stream.empty()) {
            return lines.filter(line -> line.startsWith(name))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIBI)
                    .findFirst();
        } catch (IOException gone) {
            return OptionalLong.empty();
        }
    }
}
