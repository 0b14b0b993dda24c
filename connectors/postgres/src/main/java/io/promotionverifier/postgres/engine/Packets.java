package io.promotionverifier.postgres.engine;

import java.io.IOException;
import java.io.InputStream;

/**
 * A connection's bytes, taken from the system in large pieces; the system is asked only when nothing is left of the
 * last one. Confined to the connection's reading thread.
 *
 * <p>No {@link java.io.BufferedInputStream}: that looks for more once it has something, and if that look times out, as
 * it may even when bytes are waiting, what it had is lost (ADR 0018).
 */
final class Packets extends InputStream {
    private static final int SIZE = 65_536;

    private final InputStream in;
    private final byte[] packet = new byte[SIZE];
    private int from;
    private int to;

    Packets(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        return exhausted() ? -1 : packet[from++] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (exhausted()) {
            return -1;
        }
        int count = Math.min(length, to - from);
        System.arraycopy(packet, from, into, offset, count);
        from += count;
        return count;
    }

    @Override
    public int available() throws IOException {
        return from < to ? to - from : in.available();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** One call of the system at most: when it times out, nothing was taken yet. */
    private boolean exhausted() throws IOException {
        if (from < to) {
            return false;
        }
        int count = in.read(packet, 0, SIZE);
        from = 0;
        to = Math.max(0, count);
        return count < 0;
    }
}
