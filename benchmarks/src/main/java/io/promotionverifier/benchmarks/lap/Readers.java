package io.promotionverifier.benchmarks.lap;

import io.promotionverifier.benchmarks.lap.LapMain.Course;
import java.util.Map;

/**
 * Who reads a slot, the history or the table in a lap's JVM, from the lowest rung to the highest but one: the verifier
 * itself is started as its users start it.
 */
public enum Readers {
    /** The driver's replication stream; messages are counted, not parsed. */
    PGJDBC,
    /** Debezium as it comes, with a handler that does nothing. */
    DEBEZIUM_DEFAULTS,
    /** Debezium with the settings that were found to be fastest, and the same handler. */
    DEBEZIUM_TUNED,
    /** The verifier's engine: every row decoded, both sides taken out of it. */
    CAPTURE,
    /** Both sides brought to the column's type, sealed and judged. */
    COMPARISON,
    /** The whole core: settling, counting, rates, checkpoints that nobody writes. */
    FINDINGS,
    /** The same core on what the server's own comparison lets through. */
    SUSPECTS,
    /** The core and its checkpoints in Kafka; whether with history says the configuration. */
    CHECKPOINTS,
    /** The same, and meters of all of it that somebody scrapes each second. */
    METRICS,
    /** The history that a verifier recorded, judged again and held against what it published. */
    REPLAY,
    /** The whole table by SQL, as somebody would check it by hand, by one process of the server. */
    ONE_PASS_SQL,
    /** The same by as many processes as the server likes. */
    ONE_PASS_SQL_PARALLEL,
    /** The whole table as the census reads it, but for its rests. */
    CENSUS;

    /** Reads until every row was seen. */
    void read(Course course, Progress progress) throws InterruptedException {
        switch (this) {
            case PGJDBC -> RawStream.read(course, progress);
            case DEBEZIUM_DEFAULTS -> PlainDebezium.read(course, progress, Map.of());
            case DEBEZIUM_TUNED -> PlainDebezium.read(course, progress, PlainDebezium.TUNED);
            case CAPTURE -> ProductLine.read(course, progress, arrivals -> {});
            case COMPARISON -> ProductLine.read(course, progress, new Comparing(course.assembly(), course.config()));
            case FINDINGS -> ProductLine.read(course, progress, Folding.withoutKafka(course));
            case SUSPECTS -> Screened.read(course, progress);
            case CHECKPOINTS -> ProductLine.read(course, progress, Folding.withKafka(course));
            case METRICS -> ProductLine.read(course, progress, Folding.withMeters(course));
            case REPLAY -> Replaying.read(course, progress);
            case ONE_PASS_SQL -> WholeTable.readAtOnce(course, progress, false);
            case ONE_PASS_SQL_PARALLEL -> WholeTable.readAtOnce(course, progress, true);
            case CENSUS -> WholeTable.readByChunks(course, progress);
        }
    }
}
