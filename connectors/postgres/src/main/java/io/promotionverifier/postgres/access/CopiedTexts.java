package io.promotionverifier.postgres.access;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Rows of texts as {@code COPY ... TO STDOUT (FORMAT binary)} sends them: a header before the first, one message each,
 * a mark behind the last (<a href="https://www.postgresql.org/docs/current/sql-copy.html">COPY, binary format</a>).
 * Confined to one thread.
 */
final class CopiedTexts {
    private static final int SIGNATURE_BYTES = 11;

    private boolean begun;

    /** The values of the row that a message holds; absent for the mark behind the last. */
    Optional<List<Optional<String>>> row(byte[] message) {
        ByteBuffer in = ByteBuffer.wrap(message);
        if (!begun) {
            begun = true;
            in.position(SIGNATURE_BYTES + Integer.BYTES);
            skip(in, in.getInt());
        }
        int values = in.getShort();
        if (values < 0) {
            return Optional.empty();
        }
        List<Optional<String>> row = new ArrayList<>(values);
        for (int i = 0; i < values; i++) {
            row.add(value(in, in.getInt()));
        }
        return Optional.of(row);
    }

    private static Optional<String> value(ByteBuffer in, int length) {
        if (length < 0) {
            return Optional.empty();
        }
        byte[] text = new byte[length];
        in.get(text);
        return Optional.of(new String(text, StandardCharsets.UTF_8));
    }

    private static void skip(ByteBuffer in, int bytes) {
        in.position(in.position() + bytes);
    }
}
