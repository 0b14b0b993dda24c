package io.promotionverifier.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.core.settle.FindingState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What users type, and what the commands hear of it. */
class CommandShellTest {
    private final HeardCommands commands = new HeardCommands(() -> ExitCode.OK);
    private final Shell shell = new Shell(commands);

    @Test
    void theHelpNamesEveryCommandAndGlobalOption() {
        assertThat(shell.run("--help")).isZero();
        assertThat(shell.out())
                .contains("demo", "run", "doctor", "setup", "status", "findings", "abort", "config", "uninstall")
                .contains("-c, --config", "-o, --output", "--set", "-q,", "-v,", "--no-color", "-V,", "-h,");
        assertThat(shell.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo", "run", "doctor", "setup", "status", "findings", "abort", "config", "uninstall"})
    void everyCommandHasHelp(String command) {
        assertThat(shell.run(command, "--help")).isZero();
        assertThat(shell.out()).startsWith("Usage: verifier " + command);
        assertThat(commands.heard()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-h status", "-qh status", "--help status"})
    void theHelpOfTheWholeListsEveryCommandWhateverElseIsNamed(String line) {
        assertThat(shell.run(line.split(" "))).isZero();
        assertThat(shell.out()).startsWith("Usage: verifier [").contains(SubCommands.NAMES);
    }

    @Test
    void theVersionNamesWhatRuns() {
        assertThat(shell.run("-V")).isZero();
        assertThat(shell.out())
                .containsPattern("verifier \\d+\\.\\d+\\.\\d+.*\\Rdebezium 3\\.\\d.*\\Rkafka 4\\.\\d.*\\Rjava "
                        + Runtime.version().feature());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                          | Missing required subcommand; see verifier --help
            connectors                  | unknown command "connectors"; see verifier --help
            statsu                      | unknown command "statsu"; did you mean "status"?; see verifier --help
            statsu run                  | unknown command "statsu"; did you mean "status"?; see verifier --help
            -c status                   | Expected parameter for option '--config' but found 'status'; see verifier --help
            apply                       | unknown command "apply"; see verifier --help
            status --frob               | Unknown option: '--frob'; see verifier status --help
            status extra                | unexpected argument "extra"; see verifier status --help
            status -o xml               | Invalid value for option '--output': "xml": not one of text, json, ndjson; see verifier status --help
            abort raise --promotion P   | Missing required option: '--reason=TEXT'; see verifier abort raise --help
            status --promotion a/b      | Invalid value for option '--promotion': a promotion id is 1 to 64 of A-Z a-z 0-9 . _ -: "a/b"; see verifier status --help
            demo --duration 60          | Invalid value for option '--duration': "60": not a duration: write 200ms, 30s, 15m, 24h or 30d; see verifier demo --help
            findings --state open       | Invalid value for option '--state' (STATE): "open": not one of suspected, confirmed, converged, resolved; see verifier findings --help
            """)
    void whatCannotBeUnderstoodIsAUsageErrorInOneLine(String line, String said) {
        assertThat(shell.run(line.isEmpty() ? new String[0] : line.split(" "))).isEqualTo(2);
        assertThat(shell.err()).isEqualTo("verifier: " + said + System.lineSeparator());
        assertThat(shell.out()).isEmpty();
        assertThat(commands.heard()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            demo --rate 0                           | --rate is between 1 and 100000
            demo --port 65536                       | --port is between 0 and 65535
            findings --limit 0                      | --limit is between 1 and 1000000
            abort clear --promotion P --reason BLANK | --reason cannot be blank
            """)
    void valuesOutOfRangeAreUsageErrors(String line, String said) {
        String[] arguments = line.split(" ");
        Arrays.setAll(arguments, i -> arguments[i].equals("BLANK") ? " " : arguments[i]);

        assertThat(shell.run(arguments)).isEqualTo(2);
        assertThat(shell.err()).isEqualTo("verifier: " + said + System.lineSeparator());
        assertThat(commands.heard()).isEmpty();
    }

    @Test
    void globalOptionsStandBeforeOrAfterTheCommand() {
        shell.run("-c", "a.yaml", "--set", "x=1", "-o", "json", "status", "--set=y=[2,3]", "-v");
        Invocation mixed = commands.invocation();
        assertThat(mixed.configFile()).isEqualTo(Path.of("a.yaml"));
        assertThat(mixed.assignments()).containsExactly("x=1", "y=[2,3]");
        assertThat(mixed.output()).isEqualTo(OutputFormat.JSON);
        assertThat(mixed.talk()).isEqualTo(new Invocation.Talk(false, true));

        shell.run("abort", "-q", "list", "--config", "b.yaml");
        assertThat(commands.invocation().configFile()).isEqualTo(Path.of("b.yaml"));
        assertThat(commands.invocation().assignments()).isEmpty();
        assertThat(commands.invocation().output()).isEqualTo(OutputFormat.TEXT);
        assertThat(commands.invocation().talk()).isEqualTo(new Invocation.Talk(true, false));

        shell.run("status");
        assertThat(commands.invocation().configFile()).isEqualTo(Path.of("verifier.yaml"));
    }

    @Test
    void theCommandsHearTheirOptions() {
        shell.run("demo");
        shell.run(
                "demo",
                "--duration",
                "5s",
                "--rate=50",
                "--fault-rate",
                "0",
                "--scenario",
                "split",
                "--port",
                "0",
                "--log-format",
                "json");
        shell.run("run", "--log-format", "text");
        shell.run("doctor", "--sql");
        shell.run("setup", "--dry-run");
        shell.run("setup", "--resume");
        shell.run("status", "--promotion", "P1");
        shell.run("uninstall", "--yes");

        assertThat(commands.heard())
                .containsExactly(
                        "demo",
                        new DemoRequest(Duration.ofSeconds(60), 200, 0.005, Optional.empty(), 8080),
                        "demo",
                        new DemoRequest(Duration.ofSeconds(5), 50, 0, Optional.of("split"), 0),
                        "run",
                        "doctor",
                        true,
                        "setup",
                        true,
                        false,
                        "setup",
                        false,
                        true,
                        "status",
                        Optional.of(new PromotionId("P1")),
                        "uninstall",
                        true);
    }

    @Test
    void findingsAndAbortsHearTheirOptions() {
        PromotionId id = new PromotionId("P1");
        shell.run("findings");
        shell.run(
                "findings",
                "--promotion",
                "P1",
                "--state",
                "suspected,resolved",
                "--key",
                "{\"a\": 1}",
                "--since",
                "2025-01-16T00:00:00Z",
                "--limit",
                "5",
                "--after",
                "f1",
                "--history",
                "--partition");
        shell.run("abort", "raise", "--promotion", "P1", "--reason", "looks odd");
        shell.run("abort", "clear", "--promotion", "P1", "--reason", "mended", "--by", "ana");
        shell.run("abort", "list", "--promotion", "P1");

        assertThat(commands.heard())
                .containsExactly(
                        "findings",
                        new FindingsRequest(
                                Optional.empty(),
                                Set.of(),
                                Optional.empty(),
                                Optional.empty(),
                                1000,
                                Optional.empty(),
                                false,
                                false),
                        "findings",
                        new FindingsRequest(
                                Optional.of(id),
                                Set.of(FindingState.SUSPECTED, FindingState.RESOLVED),
                                Optional.of("{\"a\": 1}"),
                                Optional.of(Instant.parse("2025-01-16T00:00:00Z")),
                                5,
                                Optional.of("f1"),
                                true,
                                true),
                        "raise",
                        new AbortRequest(id, "looks odd", System.getProperty("user.name")),
                        "clear",
                        new AbortRequest(id, "mended", "ana"),
                        "list",
                        Optional.of(id));
    }

    @ParameterizedTest
    @EnumSource(ExitCode.class)
    void theExitCodeOfACommandIsTheProcesss(ExitCode code) {
        assertThat(new Shell(new HeardCommands(() -> code)).run("status")).isEqualTo(code.code());
    }

    @Test
    void aFailureIsOneLineAndHasAStackTraceOnlyOnRequest() {
        Shell failing = new Shell(new HeardCommands(() -> {
            throw new CommandException(ExitCode.TRY_LATER, "the slot is in use", new IllegalStateException("deep"));
        }));

        assertThat(failing.run("status")).isEqualTo(75);
        assertThat(failing.err()).isEqualTo("verifier: the slot is in use" + System.lineSeparator());
        assertThat(failing.run("status", "-v")).isEqualTo(75);
        assertThat(failing.err()).startsWith("verifier: the slot is in use").contains("deep", "\tat ");
    }

    @Test
    void whatIsNotWiredSaysSo() {
        Shell unwired = new Shell(new UnwiredCommands());

        assertThat(unwired.run("run")).isEqualTo(70);
        assertThat(unwired.err()).isEqualTo("verifier: run is not wired in this build" + System.lineSeparator());
    }
}
