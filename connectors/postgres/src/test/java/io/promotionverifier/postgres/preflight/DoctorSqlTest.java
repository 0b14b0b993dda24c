package io.promotionverifier.postgres.preflight;

import static io.promotionverifier.postgres.SourceDatabase.promotion;
import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.change.TableName;
import io.promotionverifier.postgres.preflight.check.CheckResult;
import io.promotionverifier.postgres.preflight.check.CheckResult.Result;
import io.promotionverifier.postgres.slot.CaptureRequest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DoctorSqlTest {
    private static final TableName HOSTILE = new TableName("public", "x\nDROP TABLE y; --");
    private static final CaptureRequest REQUEST =
            new CaptureRequest("s", "p", List.of(promotion("P", HOSTILE, "metadata", "priority")));

    private static String script(CheckResult... results) {
        return DoctorSql.script("role\n\"x", REQUEST, List.of(results));
    }

    @Test
    void refusalsAreStatementsAndWarningsAreComments() {
        String script = script(
                new CheckResult("a", Result.REFUSE, "must", Optional.of("SELECT 1")),
                new CheckResult("b", Result.WARN, "may", Optional.of("SELECT 2")),
                new CheckResult("c", Result.PASS, "untold", Optional.empty()));

        assertThat(script).contains("-- REFUSE a: must\nSELECT 1;\n", "-- WARN b: may\n-- SELECT 2;\n");
        assertThat(script).doesNotContain("untold");
    }

    @Test
    void aStatementThatTwoChecksAskForStandsOnce() {
        String script = script(
                new CheckResult("a", Result.REFUSE, "x", Optional.of("SELECT 1")),
                new CheckResult("b", Result.PASS, "y", Optional.of("SELECT 1")));

        assertThat(script.split("SELECT 1;", -1)).hasSize(2);
    }

    @Test
    void aNameWithALineBreakNeverLeavesItsComment() {
        String script = script(
                new CheckResult(
                        "table " + HOSTILE, Result.REFUSE, "table " + HOSTILE + " is bad", Optional.of("SELECT 1")),
                new CheckResult("b", Result.WARN, "y", Optional.of("ALTER TABLE \"x\nDROP TABLE y; --\" Z")));

        assertThat(script.lines()).noneMatch(line -> line.startsWith("DROP"));
    }
}
