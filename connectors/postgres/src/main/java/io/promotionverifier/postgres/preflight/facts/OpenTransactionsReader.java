package io.promotionverifier.postgres.preflight.facts;

import io.promotionverifier.postgres.access.Row;
import io.promotionverifier.postgres.access.Session;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Reads which transactions are open. A role without {@code pg_read_all_stats} sees that other roles' transactions
 * exist, not how old they are: those that end while we look again a second later are not worth telling.
 */
final class OpenTransactionsReader {
    private static final String OPEN = """
            SELECT a.backend_xid::text AS xid,
                   'pid ' || a.pid || coalesce(', role ' || a.usename, '')
                       || CASE WHEN a.application_name <> '' THEN ', application "' || a.application_name || '"' ELSE '' END
                       AS who,
                   extract(epoch FROM clock_timestamp() - a.xact_start)::int8 AS age,
                   'SELECT pg_terminate_backend(' || a.pid || ')' AS "end"
            FROM pg_stat_activity a
            WHERE a.backend_xid IS NOT NULL AND a.pid <> pg_backend_pid()
            UNION ALL
            SELECT p.transaction::text, 'prepared transaction ' || quote_literal(p.gid) || ' of role ' || p.owner,
                   extract(epoch FROM clock_timestamp() - p.prepared)::int8,
                   'ROLLBACK PREPARED ' || quote_literal(p.gid)
            FROM pg_prepared_xacts p
            """;

    private final Session session;

    OpenTransactionsReader(Session session) {
        this.session = session;
    }

    /** A transaction with its number. */
    private record Numbered(String number, OpenTransaction transaction) {
        boolean hidden() {
            return transaction.ageSeconds().isEmpty();
        }
    }

    List<OpenTransaction> read() {
        List<Numbered> open = open();
        if (open.stream().anyMatch(Numbered::hidden)) {
            Set<String> before = new HashSet<>();
            open.forEach(each -> before.add(each.number));
            session.run("let a second pass", "SELECT pg_sleep(1)");
            open = open().stream()
                    .filter(each -> !each.hidden() || before.contains(each.number))
                    .toList();
        }
        return open.stream().map(Numbered::transaction).toList();
    }

    private List<Numbered> open() {
        return session.list("see which transactions are open", OPEN, OpenTransactionsReader::numbered);
    }

    private static Numbered numbered(Row row) throws SQLException {
        OptionalLong age = row.maybe("age").isPresent() ? OptionalLong.of(row.number("age")) : OptionalLong.empty();
        return new Numbered(row.text("xid"), new OpenTransaction(row.text("who"), age, Optional.of(row.text("end"))));
    }
}
