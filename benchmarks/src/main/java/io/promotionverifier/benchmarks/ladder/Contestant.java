package io.promotionverifier.benchmarks.ladder;

import io.promotionverifier.benchmarks.lap.Readers;
import java.nio.file.Path;
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
    /** The same on the same log, with all columns of {@link Workload#COLUMNS} promoted. */
    VERIFIER_OF_ALL_COLUMNS(Optional.empty(), Kafka.ALL),
    /** Reads what the verifier of the same run recorded. */
    REPLAY(Optional.of(Readers.REPLAY), Kafka.NONE),
    ONE_PASS_SQL(Optional.of(Readers.ONE_PASS_SQL), Kafka.NONE),
    ONE_PASS_SQL_PARALLEL(Optional.of(Readers.ONE_PASS_SQL_PARALLEL), Kafka.NONE),
    CENSUS(Optional.of(Readers.CENSUS), Kafka.NONE);

    /** What the promotions of all columns are called where a workload is asked for by name. */
    static final String ALL_COLUMNS = Workload.COLUMNS.size() + "-promotions";

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
        return switch (this) {
            case PG_RECVLOGICAL -> "pg_recvlogical";
            case VERIFIER_OF_ALL_COLUMNS -> VERIFIER.title() + "/" + ALL_COLUMNS;
            default -> name().toLowerCase(Locale.ROOT).replace('_', '-');
        };
    }

    /** Whether it is the daemon as its users start it. */
    boolean isWhole() {
        return this == VERIFIER || this == VERIFIER_OF_ALL_COLUMNS;
    }

    /**
     * Whether it runs when only so much was asked for: what it is held against runs too.
     *
     * @param only names of contestants and workloads; empty for all
     */
    boolean isWanted(List<String> only) {
        boolean named = only.isEmpty() || only.contains(title());
        return switch (this) {
            case VERIFIER -> named || only.contains(REPLAY.title()) || only.contains(ALL_COLUMNS);
            case VERIFIER_OF_ALL_COLUMNS -> named || only.contains(ALL_COLUMNS);
            default -> named;
        };
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

    /** The file that it is configured by. */
    Path configuration(Scene scene) {
        return this == VERIFIER_OF_ALL_COLUMNS ? scene.configurationOfAllColumns() : scene.configuration();
    }

    /** What its configuration has otherwise, as {@code --set} takes it. */
    List<String> assignments() {
        if (this == SUSPECTS) {
            return Scene.SCREENED;
        }
        return kafka == Kafka.CHECKPOINTS ? List.of("kafka.history.enabled=false") : List.of();
    }
}
