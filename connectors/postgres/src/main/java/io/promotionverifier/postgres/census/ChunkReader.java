package io.promotionverifier.postgres.census;

import io.promotionverifier.core.census.CensusAgenda;
import io.promotionverifier.core.census.CensusChunk;
import io.promotionverifier.core.census.TransactionSnapshot;
import io.promotionverifier.core.pipeline.Input;
import io.promotionverifier.core.promotion.Promotion;
import io.promotionverifier.postgres.access.PostgresAccess;
import io.promotionverifier.postgres.access.Session;
import io.promotionverifier.postgres.access.SourceBusyException;
import io.promotionverifier.postgres.access.SourceException;
import io.promotionverifier.postgres.access.Timeouts;
import io.promotionverifier.postgres.decode.CapturedTable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads one table chunk by chunk as its rows lie on disk. Each chunk is one short REPEATABLE READ READ ONLY transaction
 * of about half a second, ended by a statement time-out, so that no snapshot of ours holds back vacuum; the server
 * proves most rows equal and only the others travel. The connection is opened at the first read and again after a
 * failure. Confined to one thread.
 */
public final class ChunkReader implements AutoCloseable {
    private static final Timeouts PATIENCE =
            new Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(10));

    private static final String VIEW =
            "SELECT pg_current_snapshot()::text AS snapshot, pg_current_wal_insert_lsn() AS lsn";

    /**
     * The blocks of a chunk and the index of the key, never the whole table again for each chunk; no help of other
     * processes; no row hidden in silence; the texts that the stream shows.
     */
    private static final List<String> SETTINGS = List.of(
            "SET enable_seqscan = off",
            "SET enable_bitmapscan = off",
            "SET enable_tidscan = on",
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
    private final SeenValues seenValues;
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
        this.seenValues = new SeenValues(promotions.size());
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
     * Reads a chunk; absent when rows no longer lie where they lay as the census began (the table was written anew, or
     * partitions came or went), so that it must begin again.
     *
     * @throws SourceBusyException if it took too long: the next one is smaller
     * @throws SourceException if the table cannot be read; trying again later is always right
     */
    public Optional<CensusChunk> read(CensusAgenda.Task task) {
        try {
            return inTransaction(() -> chunk(task));
        } catch (SourceBusyException e) {
            size.tooLarge();
            throw e;
        }
    }

    private <T> T inTransaction(Supplier<T> work) {
        try {
            return open().inReadOnlyTransaction("read " + table.name(), work);
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

    /**
     * A reader of the table keeps it from being written anew until the transaction ends: so the files are those that
     * were read if they are the same behind the reading.
     */
    private Optional<CensusChunk> chunk(CensusAgenda.Task task) {
        CensusChunk.View view = view();
        TableShape shape = TableShape.read(open(), table.name());
        return BlockPlace.of(task.after())
                .in(shape.files())
                .map(place -> new OpenChunk(open(), table, shape, promotions, view)
                        .read(task.place(), place.block(), size, seenValues))
                .filter(chunk -> TableShape.files(open(), table.name()).equals(shape.files()));
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
