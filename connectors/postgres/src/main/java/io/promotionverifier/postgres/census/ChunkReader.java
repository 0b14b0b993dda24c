package io.promotionverifier.postgres.census;

import io.promotionverifier.core.census.CensusAgenda;
import io.promotionverifier.core.census.CensusChunk;
import io.promotionverifier.core.census.CensusCounts;
import io.promotionverifier.core.census.CensusRow;
import io.promotionverifier.core.census.TransactionSnapshot;
import io.promotionverifier.core.change.ColumnValue;
import io.promotionverifier.core.change.DocumentValue;
import io.promotionverifier.core.change.Reading;
import io.promotionverifier.core.change.RowKey;
import io.promotionverifier.core.pipeline.Input;
import io.promotionverifier.core.promotion.Phase;
import io.promotionverifier.core.promotion.Promotion;
import io.promotionverifier.postgres.access.PostgresAccess;
import io.promotionverifier.postgres.access.Row;
import io.promotionverifier.postgres.access.Session;
import io.promotionverifier.postgres.access.SourceBusyException;
import io.promotionverifier.postgres.access.SourceException;
import io.promotionverifier.postgres.access.SqlText;
import io.promotionverifier.postgres.access.Timeouts;
import io.promotionverifier.postgres.decode.CapturedTable;
import io.promotionverifier.postgres.decode.RowRoom;
import io.promotionverifier.postgres.decode.TableRows;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads one table chunk by chunk in key order. Each chunk is one short REPEATABLE READ READ ONLY transaction of about
 * 150 ms, ended by a statement time-out, so that no snapshot of ours holds back vacuum; the server proves most rows
 * equal and only the others travel. The connection is opened at the first read and again after a failure. Confined to
 * one thread.
 */
public final class ChunkReader implements AutoCloseable {
    private static final Timeouts PATIENCE =
            new Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(10));

    /** Rows that travel at once: a document may be large. */
    private static final int BATCH = 48;

    /** Larger values stay on the server: what travels at once must fit into memory. */
    private static final int MOST_BYTES = RowRoom.mostBytesAmong(BATCH);

    /** Transaction ids below are no transactions: versions that were frozen by old servers. */
    private static final long FIRST_TRANSACTION = 3;

    private static final String VIEW =
            "SELECT pg_current_snapshot()::text AS snapshot, pg_current_wal_insert_lsn() AS lsn";

    /**
     * The index, never the whole table again for each chunk; no help of other processes; no row hidden in silence; the
     * texts that the stream shows.
     */
    private static final List<String> SETTINGS = List.of(
            "SET enable_seqscan = off",
            "SET enable_bitmapscan = off",
            "SET max_parallel_workers_per_gather = 0",
            "SET jit = off",
            "SET row_security = off",
            "SET TimeZone = 'UTC'",
            "SET DateStyle = 'ISO, YMD'",
            "SET IntervalStyle = 'postgres'",
            "SET extra_float_digits = 1",
            "SET bytea_output = 'hex'");

    private final PostgresAccess access;
    private final CapturedTable table;
    private final List<Promotion> promotions;
    private final ChunkSize size;
    private @Nullable Session session;

    /** @param promotions those of the table, in the order of the configuration */
    public ChunkReader(PostgresAccess access, CapturedTable table, List<Promotion> promotions) {
        this(access, table, promotions, new ChunkSize());
    }

    ChunkReader(PostgresAccess access, CapturedTable table, List<Promotion> promotions, ChunkSize size) {
        this.size = size;
        this.access = access.with(PATIENCE);
        this.table = table;
        this.promotions = List.copyOf(promotions);
    }

    /**
     * Which transactions have ended, as a census begins.
     *
     * @throws SourceException if the server cannot be asked; asking again later is always right
     */
    public Input.CensusBegun begin() {
        return inTransaction(() -> {
            CensusChunk.View view = view();
            TableShape shape = TableShape.read(open(), table.name());
            return new Input.CensusBegun(table.name(), view, shape.estimate());
        });
    }

    /**
     * Reads a chunk.
     *
     * @throws SourceBusyException if it took too long: the next one is smaller
     * @throws SourceException if the table cannot be read; trying again later is always right
     */
    public CensusChunk read(CensusAgenda.Task task) {
        long begin = System.nanoTime();
        try {
            CensusChunk chunk = inTransaction(() -> chunk(task));
            long rows =
                    chunk.counts().stream().mapToLong(CensusCounts::rows).max().orElse(0);
            size.took((int) rows, Duration.ofNanos(System.nanoTime() - begin));
            return chunk;
        } catch (SourceBusyException e) {
            size.tooLarge();
            throw e;
        }
    }

    private <T> T inTransaction(Supplier<T> work) {
        try {
            Session open = open();
            open.run("begin to read", "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
            T result = work.get();
            open.run("end reading", "COMMIT");
            return result;
        } catch (SourceException e) {
            close();
            throw e;
        }
    }

    private Session open() {
        Session open = session;
        if (open == null) {
            open = access.openReadOnly();
            session = open;
            for (String setting : SETTINGS) {
                open.run("prepare the session", setting);
            }
        }
        return open;
    }

    /** The snapshot is taken before the statement looks at the log's end. */
    private CensusChunk.View view() {
        return open().one(
                        "take a snapshot",
                        VIEW,
                        row -> new CensusChunk.View(
                                TransactionSnapshot.parse(row.text("snapshot")),
                                row.lsn("lsn").orElseThrow()));
    }

    private CensusChunk chunk(CensusAgenda.Task task) {
        CensusChunk.View view = view();
        TableShape shape = TableShape.read(open(), table.name());
        find(shape.schemas());
        TableRows rows = new TableRows(table, shape.types());
        ChunkSql sql = new ChunkSql(table, shape, promotions, text -> rows.boundedText(text, MOST_BYTES));
        boolean first = task.after().isEmpty();
        Optional<List<String>> bound = open().first(
                        "find the end of a chunk of " + table.name(),
                        sql.bound(first, size.rows()),
                        row -> keyTexts(row, shape),
                        task.after().toArray());
        List<String> binds = new ArrayList<>(task.after());
        bound.ifPresent(binds::addAll);
        Proven proven = open().one(
                        "read a chunk of " + table.name(),
                        sql.count(first, bound.isEmpty()),
                        this::proven,
                        binds.toArray());
        List<CensusRow> suspects = new ArrayList<>();
        proven.suspects.forEach((oid, places) -> {
            for (int i = 0; i < places.size(); i += BATCH) {
                List<String> batch = places.subList(i, Math.min(places.size(), i + BATCH));
                suspects.addAll(open().list(
                                "read rows of " + table.name(),
                                sql.rows(),
                                row -> row(row, shape, rows, view.snapshot()),
                                oid,
                                batch));
            }
        });
        return new CensusChunk(
                task.place(),
                Optional.of(view),
                new CensusChunk.End(bound.orElse(task.after()), bound.isEmpty()),
                counts(proven, suspects),
                suspects);
    }

    /** Comparisons of a key of the application's own type need its operators. */
    private void find(Set<String> schemas) {
        if (!schemas.isEmpty()) {
            StringBuilder path = new StringBuilder("SET LOCAL search_path = pg_catalog");
            schemas.forEach(schema -> path.append(", ").append(SqlText.identifier(schema)));
            open().run("find the key's operators", path.toString());
        }
    }

    private static List<String> keyTexts(Row row, TableShape shape) throws SQLException {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < shape.key().size(); i++) {
            texts.add(row.text("k" + i));
        }
        return texts;
    }

    /** What the server proved, and where the rest is. */
    private static final class Proven {
        private final long rows;
        private final List<CensusCounts> counts = new ArrayList<>();
        private final Map<String, List<String>> suspects = new LinkedHashMap<>();

        Proven(long rows) {
            this.rows = rows;
        }
    }

    /** A proven row holds the same on both sides; in phase C, where the key must be gone, no document value. */
    private Proven proven(Row row) throws SQLException {
        Proven proven = new Proven(row.number("rows"));
        for (int i = 0; i < promotions.size(); i++) {
            long withValue = row.number("n" + i);
            boolean documentGone = promotions.get(i).phase() == Phase.C;
            Set<String> seen = new HashSet<>();
            List<String> allowed = ChunkSql.countedValues(promotions.get(i));
            for (int value = 0; value < allowed.size(); value++) {
                if (row.number("a" + i + "_" + value) > 0) {
                    seen.add(allowed.get(value));
                }
            }
            proven.counts.add(new CensusCounts(0, withValue, documentGone ? 0 : withValue, 0, seen));
        }
        for (String place : row.texts("suspects")) {
            int blank = place.indexOf(' ');
            proven.suspects
                    .computeIfAbsent(place.substring(0, blank), t -> new ArrayList<>())
                    .add(place.substring(blank + 1));
        }
        return proven;
    }

    private CensusRow row(Row row, TableShape shape, TableRows rows, TransactionSnapshot snapshot) throws SQLException {
        Map<String, String> key = new HashMap<>();
        for (int i = 0; i < shape.key().size(); i++) {
            key.put(shape.key().get(i).name(), row.text("k" + i));
        }
        Map<String, Optional<String>> texts = new LinkedHashMap<>();
        int number = 0;
        for (String column : table.columns()) {
            texts.put(column, row.maybe("c" + number++));
        }
        long writer = Long.parseLong(row.text("writer"));
        RowKey rowKey = rows.key(key::get);
        return new CensusRow(rowKey, writer < FIRST_TRANSACTION ? 0 : snapshot.seen(writer), rows.readings(texts));
    }

    private List<CensusCounts> counts(Proven proven, List<CensusRow> suspects) {
        List<CensusCounts> counts = new ArrayList<>();
        for (int i = 0; i < promotions.size(); i++) {
            Set<String> allowed = new HashSet<>(ChunkSql.countedValues(promotions.get(i)));
            CensusCounts sum = proven.counts.get(i).plus(new CensusCounts(proven.rows, 0, 0, 0, Set.of()));
            for (CensusRow row : suspects) {
                sum = sum.plus(counts(row.readings().get(i), allowed));
            }
            counts.add(sum);
        }
        return counts;
    }

    private static CensusCounts counts(Reading reading, Set<String> allowed) {
        boolean column = reading.column() instanceof ColumnValue.Present;
        if (reading.document() instanceof DocumentValue.Present document) {
            boolean isNull = reading.column() instanceof ColumnValue.Null;
            Set<String> seen = allowed.contains(document.text()) ? Set.of(document.text()) : Set.of();
            return new CensusCounts(0, 1, 1, isNull ? 1 : 0, seen);
        }
        return new CensusCounts(0, column ? 1 : 0, 0, 0, Set.of());
    }

    /** Drops the connection; a later read opens another. */
    @Override
    public void close() {
        Session open = session;
        session = null;
        if (open != null) {
            open.close();
        }
    }
}
