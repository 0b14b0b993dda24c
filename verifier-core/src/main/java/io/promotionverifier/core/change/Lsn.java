package io.promotionverifier.core.change;

import java.util.HexFormat;

/**
 * A byte position in PostgreSQL's write-ahead log.
 *
 * @param value 64 unsigned bits
 */
public record Lsn(long value) implements Comparable<Lsn> {
    /** The position before all others. */
    public static final Lsn ZERO = new Lsn(0);

    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final int MOST_CHARACTERS = 17;

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
        StringBuilder text = new StringBuilder(MOST_CHARACTERS);
        appendHex(text, (int) (value >>> 32));
        text.append('/');
        appendHex(text, (int) value);
        return text.toString();
    }

    private static void appendHex(StringBuilder text, int half) {
        int digits = Math.max(1, (Integer.SIZE - Integer.numberOfLeadingZeros(half) + 3) / 4);
        for (int digit = digits - 1; digit >= 0; digit--) {
            text.append(HEX.toLowHexDigit(half >>> (4 * digit)));
        }
    }
}
