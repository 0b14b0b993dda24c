package io.promotionverifier.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.kafka.client.BrokerAccessRefusedException;
import io.promotionverifier.kafka.client.BrokerUnreachableException;
import io.promotionverifier.kafka.client.NotSetUpException;
import io.promotionverifier.kafka.client.UnfinishedTransactionException;
import io.promotionverifier.kafka.publish.FencedException;
import io.promotionverifier.kafka.publish.PublishFailedException;
import io.promotionverifier.kafka.state.StateCorruptException;
import io.promotionverifier.kafka.topic.TopicSettingsException;
import io.promotionverifier.postgres.access.AccessRefusedException;
import io.promotionverifier.postgres.access.SlotInUseException;
import io.promotionverifier.postgres.access.SourceFailedException;
import io.promotionverifier.postgres.access.SourceUnreachableException;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a failure means to the user. */
class FailureTest {
    static Stream<Arguments> typed() {
        return Stream.of(
                Arguments.of(new AccessRefusedException("a"), 77),
                Arguments.of(new SourceUnreachableException("a"), 69),
                Arguments.of(new SlotInUseException("a"), 75),
                Arguments.of(new io.promotionverifier.postgres.access.NotSetUpException("a"), 78),
                Arguments.of(new SourceFailedException("a"), 70),
                Arguments.of(new NotSetUpException("a"), 78),
                Arguments.of(new TopicSettingsException("a"), 78),
                Arguments.of(new StateCorruptException("a"), 78),
                Arguments.of(new UnfinishedTransactionException("a"), 75),
                Arguments.of(new FencedException("a", new IllegalStateException()), 75),
                Arguments.of(new BrokerUnreachableException("a", new IllegalStateException()), 69),
                Arguments.of(new BrokerAccessRefusedException("a", new IllegalStateException()), 77),
                Arguments.of(new PublishFailedException("a", new IllegalStateException()), 70));
    }

    @ParameterizedTest
    @MethodSource("typed")
    void theTypeDecidesAndTheMessageIsTheLineHoweverDeepItLies(RuntimeException failure, int exitCode) {
        Failure meaning = Failure.of(new IllegalStateException("wrapped", failure));

        assertThat(meaning.exitCode().code()).isEqualTo(exitCode);
        assertThat(meaning.lines()).containsExactly("verifier: a");
    }

    @ParameterizedTest
    @CsvSource({"28P01, 77", "42501, 77", "08006, 69", "57P03, 69", "55006, 75", "3D000, 78", "XX000, 70"})
    void whatPostgresSaysUntypedIsTypedFirst(String state, int exitCode) {
        assertThat(Failure.of(new SQLException("no", state)).exitCode().code()).isEqualTo(exitCode);
    }

    @Test
    void aValueThatPostgresQuotesIsNotSaid() {
        Failure failure = Failure.of(new SQLException("invalid input syntax for type integer: \"4711\"", "22P02"));

        assertThat(failure.exitCode()).isEqualTo(ExitCode.INTERNAL_ERROR);
        assertThat(failure.lines()).allSatisfy(line -> assertThat(line).doesNotContain("4711"));
    }

    @Test
    void whatKafkaSaysUntypedIsTypedFirst() {
        assertThat(Failure.of(new TimeoutException("no broker")).exitCode()).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(Failure.of(new SaslAuthenticationException("no")).exitCode()).isEqualTo(ExitCode.NO_PERMISSION);
    }

    @Test
    void whatNobodyUnderstandsIsABug() {
        assertThat(Failure.of(new IllegalStateException("odd")).exitCode()).isEqualTo(ExitCode.INTERNAL_ERROR);
    }
}
