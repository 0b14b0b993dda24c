package io.promotionverifier.kafka.json;

import io.promotionverifier.core.change.Lsn;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON letter by letter as we print it, in the order in which we print it, without looking for anything: a
 * history has millions of records of one form. Where anything stands otherwise it throws {@link OtherwiseException},
 * and {@link TokenReader} reads the record. Confined to one thread.
 */
public final class PrintedReader {
    private static final int MOST_DIGITS = 18;
    private static final int MOST_HEX_DIGITS = 8;

    private byte[] bytes = new byte[0];
    private int at;

    /** Something does not stand as it is printed: no failure, and too frequent for a stack trace. */
    public static final class OtherwiseException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private OtherwiseException() {
            super("printed otherwise", null, false, false);
        }
    }

    /** Goes to the begin of a record. */
    public void begin(byte[] json) {
        bytes = json;
        at = 0;
    }

    /** The bytes of an ASCII text, to be expected. */
    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The bytes of all constants of a type, as they are printed. */
    public static <E extends Enum<E>> byte[][] printed(Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> bytes(constant.name().toLowerCase(Locale.ROOT)))
                .toArray(byte[][]::new);
    }

    private static void require(boolean asPrinted) {
        if (!asPrinted) {
            throw new OtherwiseException();
        }
    }

    /** The record ends here. */
    public void expectEnd() {
        require(at == bytes.length);
    }

    /** Where the reader stands. */
    public int place() {
        return at;
    }

    /** Passes over these bytes, which must stand here. */
    public void expect(byte[] wanted) {
        require(passes(wanted));
    }

    /** Passes over these bytes, if they stand here. */
    public boolean passes(byte[] wanted) {
        return passes(wanted, 0, wanted.length);
    }

    /** Passes over what stands between two places of the record, if it stands here again. */
    public boolean passesAgain(int from, int to) {
        return passes(bytes, from, to);
    }

    private boolean passes(byte[] wanted, int from, int to) {
        int end = at + to - from;
        if (end > bytes.length || !Arrays.equals(bytes, at, end, wanted, from, to)) {
            return false;
        }
        at = end;
        return true;
    }

    /** Passes over the end of an ASCII text, which must stand here. */
    public void expect(String wanted, int from) {
        int length = wanted.length() - from;
        require(length >= 0 && length <= bytes.length - at);
        for (int i = from; i < wanted.length(); i++) {
            byte found = bytes[at++];
            require(found == wanted.charAt(i) && found >= 0);
        }
    }

    /** The ordinal of the constant that stands here, in front of a quote. */
    public int constant(byte[][] printed) {
        for (int i = 0; i < printed.length; i++) {
            int end = at + printed[i].length;
            if (end < bytes.length && bytes[end] == '"' && passes(printed[i])) {
                return i;
            }
        }
        throw new OtherwiseException();
    }

    /** A whole number, not negative. */
    public long number() {
        int from = at;
        long number = 0;
        while (at < bytes.length && bytes[at] >= '0' && bytes[at] <= '9') {
            number = number * 10 + bytes[at++] - '0';
        }
        int digits = at - from;
        require(digits == 1 || (digits > 1 && digits <= MOST_DIGITS && bytes[from] != '0'));
        return number;
    }

    /** A small whole number, not negative. */
    public int smallNumber() {
        long number = number();
        require(number <= Integer.MAX_VALUE);
        return (int) number;
    }

    /** A position in PostgreSQL's log. */
    public Lsn lsn() {
        long high = hex();
        require(at < bytes.length && bytes[at++] == '/');
        return new Lsn((high << 32) | hex());
    }

    private long hex() {
        int from = at;
        long number = 0;
        while (at < bytes.length && HexFormat.isHexDigit(bytes[at])) {
            number = (number << 4) | HexFormat.fromHexDigit(bytes[at++]);
        }
        require(at > from && at - from <= MOST_HEX_DIGITS);
        return number;
    }

    /** A text of ASCII letters of which none is escaped, up to its closing quote. */
    public String text() {
        int from = at;
        passText();
        return text(from);
    }

    private void passText() {
        while (at < bytes.length && bytes[at] >= ' ' && bytes[at] != '"' && bytes[at] != '\\') {
            at++;
        }
        require(at < bytes.length && bytes[at] == '"');
    }

    private String text(int from) {
        return new String(bytes, from, at - from, StandardCharsets.ISO_8859_1);
    }

    /** The same, made into something: mostly it is what stood in its place in the record before. */
    public <T> T text(Latest<T> latest) {
        int from = at;
        passText();
        return latest.of(this, from);
    }

    /** A time as it is printed. */
    public static Instant time(String text) {
        return Times.printed(text).orElseThrow(OtherwiseException::new);
    }

    /**
     * A text that was read, and what it was made into. Confined to the reader's thread.
     *
     * @param <T> what it is made into
     */
    public static final class Latest<T> {
        private final Function<String, T> made;
        private byte[] text = new byte[0];
        private @Nullable T value;

        public Latest(Function<String, T> made) {
            this.made = made;
        }

        /** The next text is made into something anew. */
        public void forget() {
            value = null;
        }

        private T of(PrintedReader in, int from) {
            T known = value;
            if (known != null && Arrays.equals(in.bytes, from, in.at, text, 0, text.length)) {
                return known;
            }
            T next = made.apply(in.text(from));
            text = Arrays.copyOfRange(in.bytes, from, in.at);
            value = next;
            return next;
        }
    }
}
