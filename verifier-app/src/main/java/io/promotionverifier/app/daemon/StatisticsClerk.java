package io.promotionverifier.app.daemon;

import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.pipeline.Input;
import io.promotionverifier.postgres.access.PostgresAccess;
import io.promotionverifier.postgres.access.Session;
import io.promotionverifier.postgres.access.SourceException;
import io.promotionverifier.postgres.statistics.TableCountReader;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the line how much was written to the tables of which the server sends suspects only. Confined to its thread.
 */
public final class StatisticsClerk implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(StatisticsClerk.class);

    private final PostgresAccess access;
    private final List<TableName> tables;
    private final CaptureLine line;
    private boolean failing;

    StatisticsClerk(PostgresAccess access, List<TableName> tables, CaptureLine line) {
        this.access = access;
        this.tables = List.copyOf(tables);
        this.line = line;
    }

    /** Looks once. That nothing can be read is told when it begins. */
    @Override
    public void run() {
        try {
            read(access, tables).forEach(line::told);
            failing = false;
        } catch (SourceException e) {
            if (!failing) {
                LOG.warn("The tables' statistics cannot be read, so no rate is judged: {}", e.getMessage());
            }
            failing = true;
        }
    }

    private static List<Input.Counted> read(PostgresAccess access, List<TableName> tables) {
        try (Session session = access.openReadOnly()) {
            return read(session, tables);
        }
    }

    /**
     * What the statistics of some tables say now.
     *
     * @throws SourceException if the server could not be asked
     */
    public static List<Input.Counted> read(Session session, List<TableName> tables) {
        TableCountReader reader = new TableCountReader(session);
        List<Input.Counted> counted = new ArrayList<>();
        for (TableName table : tables) {
            reader.read(table).ifPresent(count -> counted.add(new Input.Counted(table, count)));
        }
        return counted;
    }
}
