package io.promotionverifier.core.change;

/**
 * A byte position in PostgreSQL's write-ahead log.
 *
 * @param value 64 unsigned bits
 */
public record Lsn(long value) implements Comparable<Lsn> {
    /** The position before all others. */
    public static final Lsn ZERO = new Lsn(0);

    /**
     * Reads PostgreSQL's own form, {@code 16/B374D848}.
     *
     * @throws IllegalArgumentException if the text has another form
     */
    public static Lsn parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 1 || slash == text.length() - 1) {
            throw new IllegalArgumentException("not an LSN: " + text);
        }
        long high = Long.parseLong(text.substring(0, slash), 16);
        long low = Long.parseLong(text.substring(slash + 1), 16);
        return new Lsn(high << 32 | low);
    }

    /** The greater of the two. */
    public Lsn max(Lsn other) {
        return compareTo(other) >= 0 ? this : other;
    }

    @Override
    public int compareTo(Lsn other) {
        return Long.compareUnsigned(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toHexString(value >>> 32).toUpperCase(java.util.Locale.ROOT)
                + "/"
                + Long.toHexString(value & 0xFFFF_FFFFL).toUpperCase(java.util.Locale.ROOT);
    }
}
