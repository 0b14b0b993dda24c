package io.promotionverifier.app.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.app.cli.CommandShell;
import io.promotionverifier.app.cli.Invocation.Terminal;
import io.promotionverifier.app.command.StandardCommands;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The demonstration as a newcomer starts it, shortened: what was injected was found, kind by kind. */
class DemoIT {
    private static final Pattern LINE = Pattern.compile("(?m)^([A-Z_]+) +(\\d+) +(\\d+)$");
    private static final int KINDS = 6;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int demo(String... more) {
        List<String> arguments = new java.util.ArrayList<>(List.of("demo", "--duration", "6s", "--port", "0"));
        arguments.addAll(List.of(more));
        Terminal terminal = new Terminal(new PrintWriter(out), new PrintWriter(err), false, false);
        return new CommandShell(StandardCommands::new, Map.of(), terminal).execute(arguments.toArray(String[]::new));
    }

    private List<MatchResult> lines() {
        return LINE.matcher(out.toString()).results().toList();
    }

    @Test
    void whatWasInjectedWasFoundAndTheAbortIsReadBackFromKafka() {
        assertThat(demo("--fault-rate", "10%")).as("%s%s", err, out).isZero();
        assertThat(lines())
                .hasSize(KINDS)
                .allSatisfy(line -> assertThat(line.group(2)).as(line.group(1)).isEqualTo(line.group(3)));
        assertThat(lines()).anySatisfy(line -> assertThat(line.group(2)).isNotEqualTo("0"));
        assertThat(out.toString()).contains("\"trigger\":\"MISMATCH_RATE\"", "\"rollback_sql\":");
    }

    @Test
    void aFaultlessApplicationsSplitWritesConvergeAndNothingIsConfirmed() {
        assertThat(demo("--fault-rate", "0")).as("%s%s", err, out).isZero();
        assertThat(lines())
                .hasSize(KINDS)
                .allSatisfy(line -> assertThat(line.group(3)).as(line.group(1)).isEqualTo("0"));
        assertThat(err.toString())
                .containsPattern("findings that converged: [1-9]")
                .doesNotContain("ABORT");
        assertThat(out.toString()).doesNotContain("trigger");
    }
}
