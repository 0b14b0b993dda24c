package io.promotionverifier.postgres.latency;

import io.promotionverifier.core.sql.Identifiers;
import io.promotionverifier.postgres.access.AccessRefusedException;
import io.promotionverifier.postgres.access.Session;
import io.promotionverifier.postgres.access.SourceFailedException;
import java.util.List;
import java.util.Optional;

/**
 * Whether, and where, the server counts its statements for us to see. Immutable.
 *
 * @param trouble why nothing can be read, if so
 * @param mending the statements that help, as psql runs them; absent without trouble
 * @param schema where the extension lives
 * @param columns the columns of its view
 */
public record StatementStatistics(
        Optional<String> trouble, Optional<String> mending, String schema, List<String> columns) {
    private static final String EXTENSION = "SELECT n.nspname AS schema, array_agg(a.attname::text) AS columns"
            + " FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace"
            + " JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = 'pg_stat_statements'"
            + " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0"
            + " WHERE e.extname = 'pg_stat_statements' GROUP BY 1";
    private static final String CREATE = "CREATE EXTENSION IF NOT EXISTS pg_stat_statements";

    public StatementStatistics {
        columns = List.copyOf(columns);
    }

    private static StatementStatistics hidden(String trouble, String mending) {
        return new StatementStatistics(Optional.of(trouble), Optional.of(mending), "", List.of());
    }

    /** Looks. */
    public static StatementStatistics of(Session session) {
        Optional<StatementStatistics> found = session.first(
                "look for pg_stat_statements",
                EXTENSION,
                row -> new StatementStatistics(
                        Optional.empty(), Optional.empty(), row.text("schema"), row.texts("columns")));
        if (found.isEmpty()) {
            return hidden("the extension pg_stat_statements is not in this database", CREATE);
        }
        StatementStatistics known = found.orElseThrow();
        if (!known.columns.contains("total_exec_time")) {
            return hidden("pg_stat_statements is older than 1.8", "ALTER EXTENSION pg_stat_statements UPDATE");
        }
        return known.readable(session);
    }

    private StatementStatistics readable(Session session) {
        try {
            session.first(
                    "read pg_stat_statements",
                    "SELECT calls FROM " + function() + "(false) LIMIT 1",
                    row -> row.number("calls"));
        } catch (AccessRefusedException | SourceFailedException e) {
            return hidden(
                    String.valueOf(e.getMessage()),
                    "ALTER SYSTEM SET shared_preload_libraries = 'pg_stat_statements' -- beside what stands there;"
                            + " restart");
        }
        return session.one(
                "see our role's rights",
                "SELECT current_user::text AS name, pg_has_role('pg_read_all_stats', 'USAGE') AS reads",
                row -> row.flag("reads")
                        ? this
                        : hidden(
                                "role " + row.text("name") + " does not see the statements of others",
                                "GRANT pg_read_all_stats TO " + Identifiers.quoted(row.text("name"))));
    }

    private String function() {
        return Identifiers.quoted(schema) + ".pg_stat_statements";
    }

    /** True if there is something to read. */
    public boolean areReadable() {
        return trouble.isEmpty();
    }

    /** The statements of this database whose text holds one of some names, in lower case. */
    String query() {
        String level = columns.contains("toplevel") ? "s.toplevel" : "true";
        String reset = columns.contains("toplevel")
                ? "(SELECT (date_part('epoch', stats_reset) * 1000000)::bigint::text FROM " + function() + "_info)"
                : "NULL::text";
        return "SELECT s.userid AS role, s.queryid AS query_id, " + level + " AS top_level, s.query, s.calls,"
                + " s.total_exec_time::text AS milliseconds, " + reset + " AS reset_micros,"
                + " (date_part('epoch', statement_timestamp()) * 1000000)::bigint AS taken_micros FROM " + function()
                + " AS s WHERE s.dbid = (SELECT oid FROM pg_database WHERE datname = current_database())"
                + " AND s.queryid IS NOT NULL"
                + " AND EXISTS (SELECT 1 FROM unnest(?::text[]) AS named (it) WHERE position(it IN lower(s.query)) > 0)";
    }
}
