package io.promotionverifier.benchmarks.ladder;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The machine, as far as results depend on it. Stateless. */
final class Machine {
    private Machine() {}

    static long memoryBytes() {
        return system().getTotalMemorySize();
    }

    private static OperatingSystemMXBean system() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    }

    static ObjectNode describe(String postgres) {
        OperatingSystemMXBean system = system();
        return JsonNodeFactory.instance
                .objectNode()
                .put("cores", system.getAvailableProcessors())
                .put("processor", processor())
                .put("memory_bytes", system.getTotalMemorySize())
                .put("os", system.getName() + " " + system.getVersion() + " " + system.getArch())
                .put("java", Runtime.version().toString())
                .put("postgres", postgres)
                .put("load_before", system.getSystemLoadAverage());
    }

    private static String processor() {
        Path cpus = Path.of("/proc/cpuinfo");
        try (Stream<String> lines = Files.exists(cpus) ? Files.lines(cpus) : Stream.empty()) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException unreadable) {
            return "unknown";
        }
    }
}
