package io.promotionverifier.benchmarks.lap;

import java.util.OptionalDouble;

/**
 * How far a lap has come, told again and again. The clock starts at the first sight of rows, so that nobody is charged
 * for starting a JVM or a connection. Confined to one thread.
 */
public final class Progress {
    private static final double NANOS = 1e9;

    private final long rows;
    private boolean begun;
    private Sight first = Sight.NONE;
    private Sight half = Sight.NONE;
    private Sight last = Sight.NONE;

    private record Sight(long rows, long nanos) {
        private static final Sight NONE = new Sight(0, 0);

        double rateTo(Sight later) {
            return (later.rows - rows) * NANOS / Math.max(1, later.nanos - nanos);
        }
    }

    /** @param rows how many there are */
    public Progress(long rows) {
        this.rows = rows;
    }

    /** The clock starts now, before the first rows: for who is ready and has only to read. */
    void begin() {
        begin(System.nanoTime());
    }

    void begin(long nanos) {
        first = new Sight(0, nanos);
        begun = true;
    }

    /** So many rows have been read since the start. */
    public void seen(long total) {
        seen(total, System.nanoTime());
    }

    void seen(long total, long nanos) {
        if (total == last.rows()) {
            return;
        }
        last = new Sight(total, nanos);
        first = begun ? first : last;
        begun = true;
        half = half.rows() == 0 && 2 * total >= rows ? last : half;
    }

    /** How many rows there are. */
    long expected() {
        return rows;
    }

    /** Rows read so far. */
    public long rows() {
        return last.rows();
    }

    /** True when every row has been read. */
    public boolean isComplete() {
        return last.rows() >= rows;
    }

    /**
     * How fast it went.
     *
     * @throws IllegalStateException if it is not over
     */
    public Pace pace() {
        if (!isComplete()) {
            throw new IllegalStateException("only " + rows() + " of " + rows + " rows were read");
        }
        boolean steps = half.rows() < last.rows();
        return new Pace(
                rows, first.rateTo(last), steps ? OptionalDouble.of(half.rateTo(last)) : OptionalDouble.empty());
    }
}
