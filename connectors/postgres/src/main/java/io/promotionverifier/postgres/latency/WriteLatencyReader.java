package io.promotionverifier.postgres.latency;

import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.judge.WriteLatency;
import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.postgres.access.PostgresAccess;
import io.promotionverifier.postgres.access.Row;
import io.promotionverifier.postgres.access.Session;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads how long the application's writes of the promoted tables take: the mean between two looks, from the server's
 * own counters. A connection for each look. Confined to one thread.
 */
public final class WriteLatencyReader {
    private static final int ROWS_AT_ONCE = 100;

    private final PostgresAccess access;
    private final List<Watched> watched;
    private final Map<PromotionId, MeanLatency> means = new HashMap<>();

    /**
     * A promotion whose table's writes are timed.
     *
     * @param promotion its id
     * @param table the table
     * @param minimumCalls writes below which a mean says nothing
     */
    public record Watched(PromotionId promotion, TableName table, long minimumCalls) {}

    /**
     * A mean.
     *
     * @param promotion whose table was written
     * @param latency the figure
     * @param at when the later look was, by the server's clock
     */
    public record Figure(PromotionId promotion, WriteLatency latency, Instant at) {}

    /**
     * What a look gave.
     *
     * @param figures a mean for each promotion whose table was written often enough since its last one
     * @param trouble why nothing can be read, if so: the latency is unknown then
     */
    public record Look(List<Figure> figures, Optional<String> trouble) {
        public Look {
            figures = List.copyOf(figures);
        }
    }

    public WriteLatencyReader(PostgresAccess access, List<Watched> watched) {
        this.access = access;
        this.watched = List.copyOf(watched);
        watched.forEach(each -> means.put(each.promotion(), new MeanLatency(each.minimumCalls())));
    }

    /**
     * Looks once.
     *
     * @throws io.promotionverifier.postgres.access.SourceException if the server could not be asked
     */
    public Look look() {
        try (Session session = access.openReadOnly()) {
            StatementStatistics statistics = StatementStatistics.of(session);
            if (!statistics.areReadable()) {
                return new Look(List.of(), statistics.trouble());
            }
            return new Look(figures(session, statistics), Optional.empty());
        }
    }

    private record Line(
            WriteTally.Statement statement,
            WriteTally.Counted counted,
            WrittenTables tables,
            Optional<Instant> reset,
            Instant taken) {}

    private List<Figure> figures(Session session, StatementStatistics statistics) {
        List<String> names = watched.stream()
                .map(each -> each.table().name().toLowerCase(Locale.ROOT))
                .distinct()
                .toList();
        List<Line> lines = session.listGradually(
                "read pg_stat_statements", statistics.query(), ROWS_AT_ONCE, WriteLatencyReader::line, names);
        List<Figure> figures = new ArrayList<>();
        for (Watched each : watched) {
            List<Line> writing = lines.stream()
                    .filter(line -> line.tables().mayWrite(each.table()))
                    .toList();
            MeanLatency mean = means.get(each.promotion());
            if (mean != null && !writing.isEmpty()) {
                mean.look(tally(writing))
                        .map(measured -> new Figure(each.promotion(), measured.latency(), measured.at()))
                        .ifPresent(figures::add);
            }
        }
        return figures;
    }

    private static WriteTally tally(List<Line> lines) {
        Map<WriteTally.Statement, WriteTally.Counted> counted = new HashMap<>();
        lines.forEach(line -> counted.put(line.statement(), line.counted()));
        return new WriteTally(lines.get(0).taken(), lines.get(0).reset(), counted);
    }

    private static Line line(Row row) throws SQLException {
        return new Line(
                new WriteTally.Statement(row.number("role"), row.number("query_id"), row.flag("top_level")),
                new WriteTally.Counted(row.number("calls"), Double.parseDouble(row.text("milliseconds"))),
                WrittenTables.of(row.text("query")),
                row.maybe("reset_micros").map(Long::parseLong).map(WriteLatencyReader::instant),
                instant(row.number("taken_micros")));
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
