package io.promotionverifier.core.settle;

import io.promotionverifier.core.change.RowKey;
import io.promotionverifier.core.compare.SealedValue;
import io.promotionverifier.core.compare.Side;
import java.util.Optional;

/**
 * The room for what is remembered of rows that disagree, one for all promotions of a core: memory stays bounded,
 * however many rows disagree and however long their keys and values are. Confined to the thread that walks the line.
 */
public final class Room {
    /** The most rows of a promotion that may disagree at once. */
    public static final int MOST_ROWS = 1_000_000;

    /**
     * What a row takes at its most, but for its texts: its finding, while a transaction has written it once more and a
     * checkpoint tells of it. Measured; see ADR 0030.
     */
    private static final int ROW_BYTES = 1_200;

    /** A text may be held twice, before and after, in two bytes for each character. */
    private static final int CHARACTER_BYTES = 4;

    private final Size size;
    private long taken;

    /** An empty room. */
    public Room(Size size) {
        this.size = size;
    }

    /**
     * How large a room is: a row that disagrees is not remembered once either is used up.
     *
     * @param rows the most rows of one promotion
     * @param bytes the most memory for the rows of all promotions together, as {@link #bytes} estimates it
     */
    public record Size(int rows, long bytes) {
        /** As many rows as there may ever be, whatever memory they take. */
        public static final Size LARGEST = new Size(MOST_ROWS, Long.MAX_VALUE);
    }

    /** How large it is. */
    public Size size() {
        return size;
    }

    /** What is remembered of a row takes so many bytes at most. */
    public static long bytes(RowKey key, RowRecord row) {
        return row.finding().map(Room::bytes).orElse(0L)
                + row.touched().map(touched -> bytes(key, touched)).orElse(0L);
    }

    static long bytes(Finding finding) {
        return bytes(
                finding.key(),
                finding.column(),
                finding.document(),
                finding.author().writer());
    }

    /** A row with a finding has its room already. */
    static long bytes(RowKey key, TouchedRow touched) {
        return touched.origin().isPresent()
                ? 0
                : touched.version()
                        .map(version -> bytes(key, version.column(), version.document(), version.writer()))
                        .orElse(0L);
    }

    private static long bytes(RowKey key, Side column, Side document, Optional<String> writer) {
        long characters = key.json().length()
                + characters(column)
                + characters(document)
                + writer.map(String::length).orElse(0);
        return ROW_BYTES + CHARACTER_BYTES * characters;
    }

    private static long characters(Side side) {
        if (side instanceof Side.Known known) {
            return characters(known.value());
        }
        return side instanceof Side.Uncastable uncastable ? characters(uncastable.text()) : 0;
    }

    private static long characters(SealedValue value) {
        return value.mark().length();
    }

    /** So many bytes more are taken, or fewer. */
    void take(long bytes) {
        taken += bytes;
    }

    /** True when a promotion of whose rows so many disagree may not have another. */
    boolean isFull(int rows) {
        return rows >= size.rows() || taken >= size.bytes();
    }

    /** True when at least half of it is free for such a promotion. */
    boolean isHalfFree(int rows) {
        return rows <= size.rows() / 2 && taken <= size.bytes() / 2;
    }
}
