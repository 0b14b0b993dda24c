package io.promotionverifier.benchmarks.lap;

import io.promotionverifier.benchmarks.lap.LapMain.Course;
import io.promotionverifier.core.census.CensusAgenda.Task;
import io.promotionverifier.core.census.CensusChunk;
import io.promotionverifier.core.promotion.Promotion;
import io.promotionverifier.postgres.access.Session;
import io.promotionverifier.postgres.access.SqlText;
import io.promotionverifier.postgres.census.ChunkReader;
import io.promotionverifier.postgres.decode.CapturedTable;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** The table, not the log: by one statement, and by the census. The workload has one table. */
final class WholeTable {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private WholeTable() {}

    /** Counts the rows that disagree in one pass, with the casts that a person would write. */
    static void readAtOnce(Course course, Progress progress, boolean parallel) {
        String disagreeing = course.assembly().promotions().stream()
                .map(WholeTable::disagrees)
                .map(condition -> "count(*) FILTER (WHERE " + condition + ")")
                .collect(Collectors.joining(", "));
        try (Session session = course.source().access().openReadOnly()) {
            session.statementTimeout(PATIENCE);
            if (!parallel) {
                session.run("read alone", "SET max_parallel_workers_per_gather = 0");
            }
            progress.begin();
            long rows = session.one(
                    "check the table",
                    "SELECT count(*) AS rows, " + disagreeing + " FROM "
                            + SqlText.table(table(course).name()),
                    row -> row.number("rows"));
            progress.seen(rows);
        }
    }

    private static String disagrees(Promotion promotion) {
        String column = SqlText.identifier(promotion.to());
        String document = SqlText.identifier(promotion.from().column()) + " ->> '"
                + promotion.from().keys().get(0) + "'";
        return column + " IS DISTINCT FROM (" + document + ")::"
                + promotion.type().sqlName();
    }

    private static CapturedTable table(Course course) {
        return course.assembly().tables().get(0);
    }

    /** Chunk by chunk without the rests between them: what the server and the reader do, as long as they do it. */
    static void readByChunks(Course course, Progress progress) {
        CapturedTable table = table(course);
        CensusChunk.Place place = new CensusChunk.Place(table.name(), 1, 0);
        try (ChunkReader first = reader(course, table)) {
            first.read(new Task(place, List.of(), 0)); // nobody is charged for a JVM's first steps
        }
        try (ChunkReader reader = reader(course, table)) {
            reader.begin();
            progress.begin();
            List<String> after = List.of();
            boolean last = false;
            while (!last) {
                CensusChunk chunk = reader.read(new Task(place, after, 0)).orElseThrow();
                progress.seen(progress.rows() + chunk.counts().get(0).rows());
                place = new CensusChunk.Place(table.name(), 1, place.chunk() + 1);
                after = chunk.end().place();
                last = chunk.end().last();
            }
        }
    }

    private static ChunkReader reader(Course course, CapturedTable table) {
        return new ChunkReader(
                course.source().access(), table, course.assembly().promotions());
    }
}
