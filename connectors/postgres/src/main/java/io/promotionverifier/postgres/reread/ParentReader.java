package io.promotionverifier.postgres.reread;

import io.promotionverifier.postgres.access.PostgresAccess;
import io.promotionverifier.postgres.access.Session;
import io.promotionverifier.postgres.access.SourceException;
import io.promotionverifier.postgres.access.SourceFailedException;
import io.promotionverifier.postgres.access.SqlText;
import io.promotionverifier.postgres.catalog.ParentKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells which parents exist now. Read-only, one statement for a batch of values, ended by the statement time-out of its
 * access. The connection is opened at the first look-up and again after a failure. Confined to one thread.
 */
public final class ParentReader implements AutoCloseable {
    private final PostgresAccess access;
    private @Nullable Session session;

    public ParentReader(PostgresAccess access) {
        this.access = access;
    }

    /**
     * Those of the values that a parent row has, compared as the column's type: {@code "007"} finds an integer 7. A
     * value that the type refuses has no parent.
     *
     * @param values as the document or the column prints them
     * @return some of {@code values}, unchanged
     * @throws SourceException if the look-up failed: nothing is known of any of the values then
     */
    public Set<String> existing(ParentKey parent, Collection<String> values) {
        Set<String> found = new HashSet<>();
        try {
            lookUp(parent, new ArrayList<>(new LinkedHashSet<>(values)), found);
            return found;
        } catch (SourceException e) {
            close();
            throw e;
        }
    }

    /** One refused value spoils its batch: the batch is halved until the value stands alone. */
    private void lookUp(ParentKey parent, List<String> values, Set<String> found) {
        if (values.isEmpty()) {
            return;
        }
        try {
            found.addAll(ask(parent, values));
        } catch (SourceFailedException e) {
            if (!e.sqlState().orElse("").startsWith("22")) {
                throw e;
            }
            if (values.size() > 1) {
                int half = values.size() / 2;
                lookUp(parent, values.subList(0, half), found);
                lookUp(parent, values.subList(half, values.size()), found);
            }
        }
    }

    private List<String> ask(ParentKey parent, List<String> values) {
        return connected()
                .list("look parents up in " + parent.table(), sql(parent), row -> row.text("value"), values, values);
    }

    /** The parents are read first, by index: joined with the values at once, a planner may read the whole table. */
    private static String sql(ParentKey parent) {
        String column = SqlText.identifier(parent.column());
        String cast = "::" + parent.castName();
        return "WITH found AS MATERIALIZED (SELECT " + column + " AS key FROM " + SqlText.table(parent.table())
                + " WHERE " + column + " = ANY (?::text[]" + cast + "[]))"
                + " SELECT asked.value FROM unnest(?::text[]) AS asked (value)"
                + " WHERE asked.value" + cast + " IN (SELECT key FROM found)";
    }

    private Session connected() {
        Session open = session;
        if (open == null) {
            open = access.openReadOnly();
            session = open;
        }
        return open;
    }

    /** Drops the connection; a later look-up opens another. */
    @Override
    public void close() {
        Session open = session;
        session = null;
        if (open != null) {
            open.close();
        }
    }
}
