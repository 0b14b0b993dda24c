package io.promotionverifier.postgres.census;

import io.promotionverifier.core.census.CensusChunk;
import io.promotionverifier.core.census.CensusCounts;
import io.promotionverifier.core.census.CensusRow;
import io.promotionverifier.core.change.RowKey;
import io.promotionverifier.core.promotion.Promotion;
import io.promotionverifier.postgres.access.Row;
import io.promotionverifier.postgres.access.Session;
import io.promotionverifier.postgres.access.SourceFailedException;
import io.promotionverifier.postgres.access.SqlText;
import io.promotionverifier.postgres.decode.CapturedTable;
import io.promotionverifier.postgres.decode.RowRoom;
import io.promotionverifier.postgres.decode.TableRows;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** A chunk while its transaction is open: counted by the server, its suspects fetched. Confined to one thread. */
final class OpenChunk {
    /** Rows that travel at once: a document may be large. */
    static final int BATCH = 48;

    /** Rows that are asked for at once: to plan a query takes longer than to find a row. */
    private static final int KEYS = 2_000;

    /** Larger values stay on the server: what travels at once must fit into memory. */
    private static final int MOST_BYTES = RowRoom.mostBytesAmong(BATCH);

    /** Suspects that a chunk of more than one block may hold: they are in memory together. */
    private static final int MOST_SUSPECTS = 50_000;

    /** Transaction ids below are no transactions: versions that were frozen by old servers. */
    private static final long FIRST_TRANSACTION = 3;

    private final Session session;
    private final CapturedTable table;
    private final TableShape shape;
    private final List<Promotion> promotions;
    private final CensusChunk.View view;
    private final TableRows rows;
    private final ChunkSql sql;

    OpenChunk(
            Session session, CapturedTable table, TableShape shape, List<Promotion> promotions, CensusChunk.View view) {
        this.session = session;
        this.table = table;
        this.shape = shape;
        this.promotions = promotions;
        this.view = view;
        rows = new TableRows(table, shape.types());
        sql = new ChunkSql(table, shape, promotions, text -> rows.boundedText(text, MOST_BYTES));
    }

    /** Reads it, and lets the size learn how long that took. */
    CensusChunk read(CensusChunk.Place place, long first, ChunkSize size, SeenValues seenValues) {
        long begin = System.nanoTime();
        List<Set<String>> seen = seenValues.before(place);
        ChunkSql.Blocks blocks = blocks(first, size.blocks());
        ChunkTally tally = count(blocks, most(size), seen);
        while (tally.suspects().size() > MOST_SUSPECTS && size.canShrink()) {
            size.tooLarge();
            blocks = blocks(first, size.blocks());
            tally = count(blocks, most(size), seen);
        }
        seenValues.found(tally.seen());
        List<CensusRow> suspects = suspects(tally);
        long end = blocks.end().orElse(shape.blocks());
        size.took(end - first, Duration.ofNanos(System.nanoTime() - begin));
        return new CensusChunk(
                place,
                Optional.of(view),
                new CensusChunk.End(
                        new BlockPlace(Optional.of(shape.files()), end).texts(),
                        blocks.end().isEmpty()),
                counts(tally, suspects),
                suspects);
    }

    /** Whatever the snapshot sees lies in the blocks that the table has now. */
    private ChunkSql.Blocks blocks(long first, long count) {
        long end = first + count;
        return new ChunkSql.Blocks(first, end < shape.blocks() ? OptionalLong.of(end) : OptionalLong.empty());
    }

    /** Of the smallest chunk all suspects are taken, however many partitions it is a block of. */
    private static int most(ChunkSize size) {
        return size.canShrink() ? MOST_SUSPECTS + 1 : Integer.MAX_VALUE;
    }

    private ChunkTally count(ChunkSql.Blocks blocks, int most, List<Set<String>> seen) {
        return session.one(
                "read a chunk of " + table.name(),
                sql.count(blocks, most, seen),
                row -> ChunkTally.read(row, promotions, seen));
    }

    private List<CensusRow> suspects(ChunkTally tally) {
        find(shape.schemas());
        List<CensusRow> suspects = new ArrayList<>();
        List<String> keys = tally.suspects();
        for (int i = 0; i < keys.size(); i += KEYS) {
            List<String> batch = keys.subList(i, Math.min(keys.size(), i + KEYS));
            suspects.addAll(session.listGradually(
                    "read rows of " + table.name(), sql.rows(), BATCH, row -> suspect(row, tally), batch));
        }
        if (suspects.size() != keys.size()) {
            throw new SourceFailedException("of " + keys.size() + " rows of " + table.name() + " only "
                    + suspects.size() + " were found again by their keys: is the index of its primary key damaged?");
        }
        return suspects;
    }

    /** Comparisons of a key of the application's own type need its operators. */
    private void find(Set<String> schemas) {
        if (!schemas.isEmpty()) {
            StringBuilder path = new StringBuilder("SET LOCAL search_path = pg_catalog");
            schemas.forEach(schema -> path.append(", ").append(SqlText.identifier(schema)));
            session.run("find the key's operators", path.toString());
        }
    }

    private CensusRow suspect(Row row, ChunkTally tally) throws SQLException {
        Map<String, String> key = new HashMap<>();
        for (int i = 0; i < shape.key().size(); i++) {
            key.put(shape.key().get(i).name(), row.text("k" + i));
        }
        Map<String, Optional<String>> texts = new LinkedHashMap<>();
        int number = 0;
        for (String column : table.columns()) {
            texts.put(column, row.maybe("c" + number++));
        }
        tally.isSuspect(texts);
        long writer = Long.parseLong(row.text("writer"));
        RowKey rowKey = rows.key(key::get);
        return new CensusRow(
                rowKey, writer < FIRST_TRANSACTION ? 0 : view.snapshot().seen(writer), rows.readings(texts));
    }

    private List<CensusCounts> counts(ChunkTally tally, List<CensusRow> suspects) {
        List<CensusCounts> counts = new ArrayList<>();
        for (int i = 0; i < promotions.size(); i++) {
            counts.add(tally.counts(i, suspects));
        }
        return counts;
    }
}
