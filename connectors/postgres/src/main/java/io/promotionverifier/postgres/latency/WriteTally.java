package io.promotionverifier.postgres.latency;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The counters of every statement that writes a table, at one moment. Immutable.
 *
 * @param taken when, by the server's clock
 * @param reset when the server last forgot all counters; absent where it does not tell
 * @param statements by role, statement and level
 */
record WriteTally(Instant taken, Optional<Instant> reset, Map<Statement, Counted> statements) {
    WriteTally {
        statements = Map.copyOf(statements);
    }

    /** What the server counts apart. */
    record Statement(long user, long query, boolean topLevel) {}

    /** How often a statement ran, and for how long altogether. */
    record Counted(long calls, double milliseconds) {
        static final Counted NOTHING = new Counted(0, 0);

        /** A counter that went back has begun anew. */
        Counted since(Counted earlier) {
            return calls < earlier.calls || milliseconds < earlier.milliseconds
                    ? this
                    : new Counted(calls - earlier.calls, milliseconds - earlier.milliseconds);
        }
    }

    /** What was counted since an earlier moment: all of it for what the server has forgotten in between. */
    Counted since(WriteTally earlier) {
        boolean forgotten = !reset.equals(earlier.reset);
        long calls = 0;
        double milliseconds = 0;
        for (Map.Entry<Statement, Counted> entry : statements.entrySet()) {
            Counted known = forgotten ? Counted.NOTHING : earlier.counted(entry.getKey());
            Counted since = entry.getValue().since(known);
            calls += since.calls();
            milliseconds += since.milliseconds();
        }
        return new Counted(calls, milliseconds);
    }

    private Counted counted(Statement statement) {
        return statements.getOrDefault(statement, Counted.NOTHING);
    }
}
