package io.promotionverifier.benchmarks.ladder;

import io.promotionverifier.benchmarks.lap.Readers;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The rungs, from the bare log to the whole verifier. What the whole has and {@code metrics} lacks: look-ups,
 * heartbeats, confirmations, the HTTP surface; they cannot be switched off one by one.
 */
enum Contestant {
    PG_RECVLOGICAL(Optional.empty(), Kafka.NONE),
    PGJDBC(Optional.of(Readers.PGJDBC), Kafka.NONE),
    DEBEZIUM_DEFAULTS(Optional.of(Readers.DEBEZIUM_DEFAULTS), Kafka.NONE),
    DEBEZIUM_TUNED(Optional.of(Readers.DEBEZIUM_TUNED), Kafka.NONE),
    CAPTURE(Optional.of(Readers.CAPTURE), Kafka.NONE),
    COMPARISON(Optional.of(Readers.COMPARISON), Kafka.NONE),
    FINDINGS(Optional.of(Readers.FINDINGS), Kafka.NONE),
    /** The core behind the server's own comparison; the rows are those of the whole log. */
    SUSPECTS(Optional.of(Readers.SUSPECTS), Kafka.NONE),
    CHECKPOINT(Optional.of(Readers.CHECKPOINTS), Kafka.CHECKPOINTS),
    HISTORY(Optional.of(Readers.CHECKPOINTS), Kafka.ALL),
    METRICS(Optional.of(Readers.METRICS), Kafka.ALL),
    VERIFIER(Optional.empty(), Kafka.ALL),
    /** Reads what the verifier of the same run recorded. */
    REPLAY(Optional.of(Readers.REPLAY), Kafka.NONE),
    ONE_PASS_SQL(Optional.of(Readers.ONE_PASS_SQL), Kafka.NONE),
    ONE_PASS_SQL_PARALLEL(Optional.of(Readers.ONE_PASS_SQL_PARALLEL), Kafka.NONE),
    CENSUS(Optional.of(Readers.CENSUS), Kafka.NONE);

    private final Optional<Readers> reader;
    private final Kafka kafka;

    /** What is written to Kafka. */
    private enum Kafka {
        NONE,
        CHECKPOINTS,
        ALL
    }

    Contestant(Optional<Readers> reader, Kafka kafka) {
        this.reader = reader;
        this.kafka = kafka;
    }

    /** As it is called in results. */
    String title() {
        return this == PG_RECVLOGICAL
                ? "pg_recvlogical"
                : name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Who reads in a JVM of ours; absent for programs of their own. */
    Optional<Readers> reader() {
        return reader;
    }

    /** False for those that read something else than the recorded log. */
    boolean readsTheLog() {
        return this != REPLAY && !readsTheTable();
    }

    boolean readsTheTable() {
        return this == ONE_PASS_SQL || this == ONE_PASS_SQL_PARALLEL || this == CENSUS;
    }

    /** True for those of which some ratio is told. */
    boolean isCompared() {
        return this == DEBEZIUM_TUNED || this == SUSPECTS || this == VERIFIER || !readsTheLog();
    }

    /** Whether it writes the history. */
    boolean records() {
        return kafka == Kafka.ALL;
    }

    boolean needsSetup() {
        return kafka != Kafka.NONE;
    }

    List<String> assignments() {
        if (this == SUSPECTS) {
            return Scene.SCREENED;
        }
        return kafka == Kafka.CHECKPOINTS ? List.of("kafka.history.enabled=false") : List.of();
    }
}
