package io.promotionverifier.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.BindException;
import java.net.ConnectException;
import java.sql.SQLException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a failure means to the user. */
class FailureTest {
    @ParameterizedTest
    @CsvSource({
        "28P01, 77",
        "28000, 77",
        "42501, 77",
        "08001, 69",
        "08006, 69",
        "57P03, 69",
        "53300, 69",
        "55006, 75",
        "3D000, 78",
        "42P01, 78",
        "42704, 78"
    })
    void whatPostgresSaysDecides(String state, int exitCode) {
        Failure failure =
                Failure.of(new IllegalStateException("wrapped", new SQLException("FATAL: no\n  Position: 1", state)));

        assertThat(failure.exitCode().code()).isEqualTo(exitCode);
        assertThat(failure.lines()).containsExactly("verifier: PostgreSQL: no (SQLSTATE " + state + ")");
    }

    @Test
    void anUnknownStateIsABugWhoseMessageMayHoldAValue() {
        Failure failure = Failure.of(new SQLException("invalid input syntax for type integer: \"4711\"", "22P02"));

        assertThat(failure.exitCode()).isEqualTo(ExitCode.INTERNAL_ERROR);
        assertThat(failure.lines()).allSatisfy(line -> assertThat(line).doesNotContain("4711"));
    }

    @Test
    void whatKafkaAndTheNetworkSayDecides() {
        assertThat(Failure.of(new TimeoutException("no broker")).exitCode()).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(Failure.of(new SaslAuthenticationException("no")).exitCode()).isEqualTo(ExitCode.NO_PERMISSION);
        assertThat(Failure.of(new TopicAuthorizationException("t")).exitCode()).isEqualTo(ExitCode.NO_PERMISSION);
        assertThat(Failure.of(new RuntimeException(new ConnectException("refused")))
                        .exitCode())
                .isEqualTo(ExitCode.UNREACHABLE);
        assertThat(Failure.of(new BindException("in use")).exitCode()).isEqualTo(ExitCode.BAD_CONFIGURATION);
    }

    @Test
    void whatNobodyUnderstandsIsABug() {
        assertThat(Failure.of(new IllegalStateException("odd")).exitCode()).isEqualTo(ExitCode.INTERNAL_ERROR);
    }
}
