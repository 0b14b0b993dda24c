package io.promotionverifier.sandbox.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.List;

/** The signals that a terminal or a service manager sends to a whole group of processes. */
final class Signals {
    private Signals() {}

    static void send(long pid) throws IOException {
        for (String signal : List.of("INT", "HUP", "TERM")) {
            List<String> line = List.of("kill", "-s", signal, Long.toString(pid));
            assertThat(Command.run(line, Redirect.DISCARD, Duration.ofSeconds(5)))
                    .isZero();
        }
    }
}
