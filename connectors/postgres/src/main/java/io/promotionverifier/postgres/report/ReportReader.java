package io.promotionverifier.postgres.report;

import io.promotionverifier.postgres.access.NotSetUpException;
import io.promotionverifier.postgres.access.PostgresAccess;
import io.promotionverifier.postgres.access.Session;
import io.promotionverifier.postgres.access.Snapshot;
import io.promotionverifier.postgres.access.Timeouts;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads both sides of a report in one snapshot and compares them as multisets of rows, text by text. One connection for
 * each reading, read-only, its statements ended by the server after two minutes. Confined to one thread but for
 * {@link #close}.
 */
public final class ReportReader implements AutoCloseable {
    /** The most distinct rows without counterpart that a comparison holds: about 5 MB of a heap that has other uses. */
    private static final int LIMIT = 50_000;

    private static final Timeouts TIMEOUTS =
            new Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(150), Duration.ofSeconds(120));

    private final PostgresAccess access;
    private final int limit;
    private volatile @Nullable Session session;
    private volatile boolean closed;

    public ReportReader(PostgresAccess access) {
        this(access, LIMIT, TIMEOUTS);
    }

    ReportReader(PostgresAccess access, int limit, Timeouts timeouts) {
        this.access = access.with(timeouts);
        this.limit = limit;
    }

    /**
     * Reads both sides.
     *
     * @param withExamples whether a few rows that differ may be kept as text
     * @throws io.promotionverifier.postgres.access.SourceException why a query failed; retrying helps as its type says
     */
    public ReportResult read(ReportPair pair, boolean withExamples) {
        return asked(
                "read the report " + pair.id(),
                pair,
                snapshot -> new PairReading(snapshot, pair, limit, withExamples).read());
    }

    /**
     * Lets the server plan both queries, and compares the names of their columns.
     *
     * @throws NotSetUpException if the sides do not have the same columns, or a table or column is missing
     * @throws io.promotionverifier.postgres.access.SourceException why a query is refused
     */
    public void require(ReportPair pair) {
        asked("plan the report " + pair.id(), pair, snapshot -> {
            List<String> column = snapshot.columns(pair.column());
            List<String> document = snapshot.columns(pair.document());
            if (!column.equals(document)) {
                throw new NotSetUpException("the report " + pair.id() + " compares the columns " + column + " with "
                        + document + ": both queries must give the same names in the same order");
            }
            return column;
        });
    }

    /**
     * The oldest transaction that may not have ended, as an xid: what older ones wrote has been there since.
     *
     * @throws io.promotionverifier.postgres.access.SourceException if the server could not be asked
     */
    public String horizon() {
        try (Session open = opened()) {
            return open.one(
                    "read the snapshot",
                    "SELECT pg_snapshot_xmin(pg_current_snapshot())::xid::text AS horizon",
                    row -> row.text("horizon"));
        } finally {
            session = null;
        }
    }

    private interface Asking<T> {
        T of(Snapshot snapshot);
    }

    private <T> T asked(String purpose, ReportPair pair, Asking<T> question) {
        ZoneId zone = pair.zone().orElse(ZoneOffset.UTC);
        try (Session open = opened()) {
            return open.inOneSnapshot(purpose, snapshot -> {
                snapshot.zone(zone.equals(ZoneOffset.UTC) ? ZoneId.of("UTC") : zone);
                return question.of(snapshot);
            });
        } finally {
            session = null;
        }
    }

    private Session opened() {
        Session open = access.openReadOnly();
        session = open;
        if (closed) {
            open.abort();
        }
        return open;
    }

    /** Ends a reading that is under way, from any thread. */
    @Override
    public void close() {
        closed = true;
        Session open = session;
        if (open != null) {
            open.abort();
        }
    }
}
