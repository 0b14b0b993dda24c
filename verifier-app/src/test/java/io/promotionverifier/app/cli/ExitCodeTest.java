package io.promotionverifier.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The contract's exit codes. */
class ExitCodeTest {
    @Test
    void anActiveAbortGoesBeforeMissingEvidenceBeforeAMismatch() {
        assertThat(ExitCode.firstOf(
                        List.of(ExitCode.MISMATCH, ExitCode.OK, ExitCode.ABORT_ACTIVE, ExitCode.NOT_ENOUGH_EVIDENCE)))
                .isEqualTo(ExitCode.ABORT_ACTIVE);
        assertThat(ExitCode.firstOf(List.of(ExitCode.OK, ExitCode.MISMATCH, ExitCode.NOT_ENOUGH_EVIDENCE)))
                .isEqualTo(ExitCode.NOT_ENOUGH_EVIDENCE);
        assertThat(ExitCode.firstOf(List.of(ExitCode.OK, ExitCode.MISMATCH))).isEqualTo(ExitCode.MISMATCH);
        assertThat(ExitCode.firstOf(List.of())).isEqualTo(ExitCode.OK);
    }

    @Test
    void theNumbersAreTheContracts() {
        assertThat(Stream.of(ExitCode.values()).map(ExitCode::code))
                .containsExactlyInAnyOrder(0, 1, 2, 3, 4, 69, 70, 75, 77, 78);
        assertThat(ExitCode.ABORT_ACTIVE.code()).isEqualTo(3);
        assertThat(ExitCode.NOT_ENOUGH_EVIDENCE.code()).isEqualTo(4);
    }
}
