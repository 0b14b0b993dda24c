package io.promotionverifier.benchmarks.ladder;

import java.util.List;

/**
 * What is written to the log: rounds of a hundred one-row transactions that insert, then one transaction that updates
 * the hundred. Immutable.
 *
 * @param name tells it from the others; the plain one has none
 * @param rounds of 200 row changes each
 * @param documentBytes about how long a document is
 * @param promotions how many of {@link #COLUMNS} are promoted
 * @param mismatched the share of rows whose first column disagrees with the document, from 0 to 1
 * @param large read once only, however often the others are
 */
record Workload(String name, int rounds, int documentBytes, int promotions, double mismatched, boolean large) {
    /** Promoted column and SQL type; each lives under a key of its own name. */
    static final List<String> COLUMNS =
            List.of("priority text", "amount numeric", "due timestamptz", "customer uuid", "urgent boolean");

    static final String NO_MISMATCH = "no-mismatch";
    static final String FIFTH_MISMATCHED = "20%-mismatch";
    static final String BACKLOG = "backlog";

    static final int ROWS_PER_ROUND = 200;

    private static final int ROUNDS_OF_A_MILLION = 10_000;

    private static final int ROUNDS_PER_MISMATCH = 10;

    private static final int ROUNDS_A_SECOND = 100;

    private static final int PLAIN_BYTES = 300;

    /** Half of the changes alone, half in transactions of a hundred; one row of a thousand disagrees. */
    static Workload plain(int rounds) {
        return new Workload("", rounds, PLAIN_BYTES, 1, 0.001, false);
    }

    /**
     * The other shapes, each as many rows as fit its size. The backlog is what 500 changes a second leave in almost
     * three hours, with the default rounds; in the last, a million rows disagree at its end.
     */
    static List<Workload> others(int rounds) {
        return List.of(
                new Workload("8k", Math.max(1, rounds / 8), 8_000, 1, 0.001, false),
                new Workload(NO_MISMATCH, rounds, PLAIN_BYTES, 1, 0, false),
                new Workload(FIFTH_MISMATCHED, rounds, PLAIN_BYTES, 1, 0.2, false),
                new Workload(BACKLOG, 10 * rounds, PLAIN_BYTES, 1, 0.001, true),
                new Workload("1m-open", ROUNDS_OF_A_MILLION, PLAIN_BYTES, 1, 1, true));
    }

    /** Twenty thousand changes, to be written each second. */
    static Workload aSecond() {
        return new Workload("soak", ROUNDS_A_SECOND, PLAIN_BYTES, COLUMNS.size(), 0.001, true);
    }

    /** True for the workload that every contestant reads. */
    boolean isPlain() {
        return name.isEmpty();
    }

    /**
     * The row changes up to the last one of a row that disagrees: a thousandth of the rows do, at the end of each
     * thousand, and behind them the server sends nothing when it compares first.
     */
    long rowsUpToLastMismatch() {
        return (long) rounds / ROUNDS_PER_MISMATCH * ROUNDS_PER_MISMATCH * ROWS_PER_ROUND;
    }

    long rows() {
        return (long) rounds * ROWS_PER_ROUND;
    }

    /** The table. */
    static List<String> table() {
        return List.of(
                "CREATE TABLE cases (id bigint PRIMARY KEY, metadata jsonb, " + String.join(", ", COLUMNS)
                        + ", updated_at timestamptz DEFAULT clock_timestamp())",
                "ALTER TABLE cases REPLICA IDENTITY FULL");
    }

    /** Writes it, in the server itself: a driver would write for longer than the ladder reads. */
    String sql() {
        return """
                DO $$
                DECLARE
                  written bigint := (SELECT coalesce(max(id), 0) FROM cases);
                BEGIN
                  FOR round IN 1..%d LOOP
                    FOR i IN 1..100 LOOP
                      written := written + 1;
                      %s;
                      COMMIT;
                    END LOOP;
                    UPDATE cases
                    SET metadata = metadata || '{"seen": true}', updated_at = clock_timestamp()
                    WHERE id > written - 100;
                    COMMIT;
                  END LOOP;
                END $$""".formatted(rounds, insert(" FROM (VALUES (written)) AS number (base)"));
    }

    /** Fills the table with so many rows at once: for who reads the table, not the log. */
    String fill(long rows) {
        return insert(" FROM generate_series(1, " + rows + ") AS base");
    }

    /** Makes the rows that disagree agree. */
    static String mend() {
        return "UPDATE cases SET priority = metadata ->> 'priority' WHERE priority = 'wrong'";
    }

    /** Inserts the row of each number that {@code from} has under the name {@code base}. */
    private String insert(String from) {
        return """
                INSERT INTO cases (id, metadata, priority, amount, due, customer, urgent)
                SELECT base, metadata,
                       CASE WHEN base %% 1000 < %d THEN 'wrong' ELSE metadata->>'priority' END,
                       (metadata->>'amount')::numeric, (metadata->>'due')::timestamptz,
                       (metadata->>'customer')::uuid, (metadata->>'urgent')::boolean
                FROM (SELECT base, jsonb_build_object(
                        'priority', (ARRAY['low', 'normal', 'high', 'urgent'])[1 + base %% 4],
                        'amount', base / 100.0, 'due', '2025-01-16T00:00:00Z'::timestamptz + base * '1s'::interval,
                        'customer', md5(base::text)::uuid, 'urgent', base %% 2 = 0,
                        'notes', repeat('The quick brown fox. ', %d)) AS metadata%s) AS made""".formatted(Math.round(mismatched * 1000), Math.max(0, documentBytes - 200) / 21, from);
    }
}
