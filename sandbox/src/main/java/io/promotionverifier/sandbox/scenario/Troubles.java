package io.promotionverifier.sandbox.scenario;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** The troubles of the scenarios. */
final class Troubles {
    private Troubles() {}

    static Trouble of(Scenario scenario, CaseTable table, ScenarioSettings settings, Consumer<Duration> signal)
            throws SQLException {
        return switch (scenario) {
            case FORGOTTEN_COLUMN -> new Forgetting(() -> table.insertDocumentOnly("high"));
            case FORGOTTEN_DOCUMENT -> new Forgetting(() -> table.insertColumnOnly("high"));
            case LATE_SECOND_WRITE -> new Late(table);
            case FLAPPING_WRITER -> new Flapping(table, table.insertGood(2));
            case REPORT_DIVERGENCE -> new Forgetting(() -> table.insertArchived("high"));
            case SLOW_WRITES -> new Slow(table, table.insertGood(1).get(0), signal);
            case SLOT_LOST -> new LostSlot(table, settings.slot());
        };
    }

    /** A statement. */
    private interface Write {
        void run() throws SQLException;
    }

    /** Each troubled write leaves one new row that somebody forgets: with one side, or out of a report. */
    private static final class Forgetting implements Trouble {
        private final Write write;
        private long injected;

        Forgetting(Write write) {
            this.write = write;
        }

        @Override
        public void strike() throws SQLException {
            write.run();
            injected++;
        }

        @Override
        public long injected() {
            return injected;
        }
    }

    /** Each troubled write is split over two transactions, a second apart and inside grace. */
    private static final class Late implements Trouble {
        private static final long DELAY_NANOS = Duration.ofSeconds(1).toNanos();

        private final CaseTable table;
        private final Deque<Half> open = new ArrayDeque<>();
        private long injected;

        /** A row whose second side is still to be written. */
        private record Half(long id, long dueNanos) {}

        Late(CaseTable table) {
            this.table = table;
        }

        @Override
        public void strike() throws SQLException {
            long id = table.insertColumnAhead("urgent", "low");
            open.add(new Half(id, System.nanoTime() + DELAY_NANOS));
        }

        @Override
        public boolean tend(boolean ending) throws SQLException {
            while (!open.isEmpty() && System.nanoTime() - open.getFirst().dueNanos() >= 0) {
                table.writeDocument(open.removeFirst().id(), "urgent");
                injected++;
            }
            return open.isEmpty();
        }

        @Override
        public long injected() {
            return injected;
        }
    }

    /** The same rows are broken for longer than grace, healed, and broken again; in the end they agree. */
    private static final class Flapping implements Trouble {
        private static final long BROKEN_NANOS = Duration.ofMillis(1_600).toNanos();
        private static final long HEALED_NANOS = Duration.ofMillis(300).toNanos();

        private final CaseTable table;
        private final List<Long> rows;
        private boolean broken;
        private long sinceNanos;
        private long injected;

        Flapping(CaseTable table, List<Long> rows) {
            this.table = table;
            this.rows = rows;
        }

        @Override
        public void strike() throws SQLException {
            if (!broken && (injected == 0 || System.nanoTime() - sinceNanos >= HEALED_NANOS)) {
                for (long row : rows) {
                    table.writeColumn(row, "urgent");
                    injected++;
                }
                turn(true);
            }
        }

        @Override
        public boolean tend(boolean ending) throws SQLException {
            if (broken && System.nanoTime() - sinceNanos >= BROKEN_NANOS) {
                for (long row : rows) {
                    table.writeColumn(row, "low");
                }
                turn(false);
            }
            return !broken;
        }

        private void turn(boolean toBroken) {
            broken = toBroken;
            sinceNanos = System.nanoTime();
        }

        @Override
        public long injected() {
            return injected;
        }
    }

    /** The writes agree and are slow; the application tells its 99th percentile once it is sure. */
    private static final class Slow implements Trouble {
        private static final double SECONDS = 0.3;
        private static final int SURE = 5;

        private final CaseTable table;
        private final long row;
        private final Consumer<Duration> signal;
        private long slowestNanos;
        private int writes;
        private long injected;

        Slow(CaseTable table, long row, Consumer<Duration> signal) {
            this.table = table;
            this.row = row;
            this.signal = signal;
        }

        @Override
        public void strike() throws SQLException {
            long begun = System.nanoTime();
            table.writeBothSlowly(row, writes % 2 == 0 ? "high" : "low", SECONDS);
            slowestNanos = Math.max(slowestNanos, System.nanoTime() - begun);
            if (++writes == SURE) {
                // Of so few, the 99th percentile is the slowest.
                signal.accept(Duration.ofNanos(slowestNanos));
                injected++;
            }
        }

        @Override
        public long injected() {
            return injected;
        }
    }

    /** The slot goes once. */
    private static final class LostSlot implements Trouble {
        private final CaseTable table;
        private final String slot;
        private long injected;

        LostSlot(CaseTable table, String slot) {
            this.table = table;
            this.slot = slot;
        }

        @Override
        public void strike() throws SQLException {
            if (injected == 0 && table.dropSlot(slot)) {
                injected++;
            }
        }

        @Override
        public long injected() {
            return injected;
        }
    }
}
