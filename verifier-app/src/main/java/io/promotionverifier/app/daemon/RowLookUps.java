package io.promotionverifier.app.daemon;

import io.promotionverifier.core.change.RowKey;
import io.promotionverifier.core.change.RowVersion;
import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.pipeline.VerifierCore;
import io.promotionverifier.core.stream.Arrival;
import io.promotionverifier.core.stream.Holdback;
import io.promotionverifier.core.stream.Rereads;
import io.promotionverifier.postgres.access.SourceException;
import io.promotionverifier.postgres.access.Timeouts;
import io.promotionverifier.postgres.reread.RereadTable;
import io.promotionverifier.postgres.reread.VersionReader;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at rows whose changes lack an unchanged out-of-line value, one query for each table and batch. What a look does
 * not prove, and every look that fails, leaves the value unavailable: {@code UNVERIFIABLE(TOAST)}, never a guess.
 */
final class RowLookUps implements LookUps {
    /** A look may hold up the line for as long as a statement may take. */
    static final Timeouts TIMEOUTS = new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(5));

    private static final Logger LOG = LoggerFactory.getLogger(RowLookUps.class);

    private static final int KEYS_IN_QUERY = 512;
    private static final Duration REST_AFTER_FAILURE = Duration.ofSeconds(10);

    private final VersionReader reader;
    private final Visibility visibility;
    private final Map<TableName, RereadTable> tables;
    private final Clock clock;
    private final LookUps next;
    private final Holdback holdback = new Holdback();
    private Instant restUntil = Instant.MIN;
    private boolean failing;

    /**
     * @param reader looks at the rows
     * @param tables the captured tables
     * @param clock tells how long to wait and to rest, and nothing else
     * @param next takes what is complete
     */
    RowLookUps(VersionReader reader, List<RereadTable> tables, Clock clock, LookUps next) {
        this.reader = reader;
        this.visibility = new Visibility(reader, clock);
        this.tables = tables.stream().collect(Collectors.toMap(RereadTable::name, Function.identity()));
        this.clock = clock;
        this.next = next;
    }

    @Override
    public List<Arrival> answer(VerifierCore core, List<Arrival> arrivals) {
        Holdback.Released released = holdback.release(arrivals, core::asksForRow);
        Rereads rereads = new Rereads(released, core::asksForRow);
        boolean look = !rereads.wanted().isEmpty() && !clock.instant().isBefore(restUntil);
        return next.answer(core, look ? rereads.completed(versions(rereads)) : released.arrivals());
    }

    @Override
    public List<Arrival> answerNow(VerifierCore core, List<Arrival> arrivals) {
        return next.answer(core, arrivals);
    }

    @Override
    public void forget() {
        holdback.forget();
        next.forget();
    }

    private Map<TableName, Map<RowKey, RowVersion>> versions(Rereads rereads) {
        Map<TableName, Map<RowKey, RowVersion>> versions = new HashMap<>();
        try {
            // A transaction that stays invisible shows in no row's xmin: its rows are left unproven.
            visibility.invisible(rereads.transactions());
            rereads.wanted().forEach((table, keys) -> versions.put(table, rows(table, keys)));
            failing = false;
        } catch (SourceException e) {
            restUntil = clock.instant().plus(REST_AFTER_FAILURE);
            if (!failing) {
                LOG.warn(
                        "Rows could not be looked at, so changes without their documents stay unverifiable: {}",
                        e.getMessage());
            }
            failing = true;
        }
        return versions;
    }

    private Map<RowKey, RowVersion> rows(TableName name, Set<RowKey> keys) {
        RereadTable table = tables.get(name);
        Map<RowKey, RowVersion> rows = new HashMap<>();
        List<RowKey> all = new ArrayList<>(keys);
        for (int from = 0; table != null && from < all.size(); from += KEYS_IN_QUERY) {
            rows.putAll(reader.read(table, all.subList(from, Math.min(from + KEYS_IN_QUERY, all.size()))));
        }
        return rows;
    }
}
