package io.promotionverifier.postgres.engine;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Sockets on which no row change is larger than a part of the heap; see {@link BoundedWire}.
 *
 * <p>Created by pgjdbc by its name; safe for use by many threads.
 */
public final class BoundedSockets extends SocketFactory {
    /** A value is held up to five times at once: as message, as bytes, as characters, in the queue and in the batch. */
    private static final int PARTS = 32;

    private final byte[] mark;

    /**
     * For pgjdbc.
     *
     * @param mark what stands for a value that was left out
     */
    public BoundedSockets(String mark) {
        this.mark = mark.getBytes(StandardCharsets.UTF_8);
    }

    /** How many bytes of one row change are kept on this heap. */
    static int most() {
        return (int) Math.min(Integer.MAX_VALUE / 2, Runtime.getRuntime().maxMemory() / PARTS);
    }

    @Override
    public Socket createSocket() {
        return new Bounded(mark);
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException("pgjdbc connects by itself");
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        throw new UnsupportedOperationException("pgjdbc connects by itself");
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw new UnsupportedOperationException("pgjdbc connects by itself");
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
        throw new UnsupportedOperationException("pgjdbc connects by itself");
    }

    /** A socket whose input is bounded. */
    private static final class Bounded extends Socket {
        private final byte[] mark;
        private @Nullable InputStream input;

        Bounded(byte[] mark) {
            this.mark = mark;
        }

        @Override
        public synchronized InputStream getInputStream() throws IOException {
            InputStream known = input;
            if (known == null) {
                known = new BoundedWire(super.getInputStream(), mark, most());
                input = known;
            }
            return known;
        }
    }
}
