package io.promotionverifier.postgres.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The SQLSTATE decides, however deep it lies. */
class FailuresTest {
    @ParameterizedTest
    @CsvSource({
        "28P01, ACCESS",
        "28000, ACCESS",
        "42501, ACCESS",
        "08004, ACCESS",
        "3D000, NOT_SET_UP",
        "42704, NOT_SET_UP",
        "55000, NOT_SET_UP",
        "55006, SLOT_IN_USE",
        "57P03, UNAVAILABLE",
        "57P01, UNAVAILABLE",
        "53300, UNAVAILABLE",
        "08006, CONNECTION",
        "08001, CONNECTION"
    })
    void aStateIsToldByItsCode(String state, FailureKind kind) {
        Throwable failure = new RuntimeException("outer", new IllegalStateException(new SQLException("x", state)));
        assertThat(Failures.kind(failure)).contains(kind);
    }

    @Test
    void aBrokenPipeWithoutStateIsAConnection() {
        assertThat(Failures.kind(new RuntimeException(new EOFException()))).contains(FailureKind.CONNECTION);
    }

    @Test
    void theInnerStateDecidesWhereTheOuterIsUnknown() {
        SQLException outer = new SQLException("copy failed", "XX000", new SQLException("gone", "57P01"));
        assertThat(Failures.kind(outer)).contains(FailureKind.UNAVAILABLE);
    }

    @Test
    void theServersWordsAreTheReasonWhereTheyDecideAndNeverWhereTheyMayHoldAValue() {
        Throwable denied = new IllegalStateException(
                "An exception occurred", new SQLException("permission denied to start WAL sender", "42501"));
        assertThat(new CaptureEnd.Failed(FailureKind.ACCESS, denied).reason())
                .isEqualTo("permission denied to start WAL sender");
        Throwable quoting = new IllegalStateException(
                "An exception occurred", new SQLException("invalid input syntax: \"4711\"", "22P02"));
        assertThat(new CaptureEnd.Failed(FailureKind.UNKNOWN, quoting).reason()).isEqualTo("An exception occurred");
        assertThat(new CaptureEnd.Failed(FailureKind.UNKNOWN, new IllegalStateException()).reason())
                .isEqualTo("IllegalStateException");
    }

    @Test
    void anythingElseIsNotGuessed() {
        assertThat(Failures.kind(new IllegalStateException("?"))).isEmpty();
    }

    @Test
    void aCircleOfCausesEnds() {
        RuntimeException one = new RuntimeException("one");
        one.initCause(new RuntimeException("two", one));
        assertThat(Failures.kind(one)).isEmpty();
    }
}
