package io.promotionverifier.postgres.engine;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;

/**
 * What a server sends, with each value that would not fit into memory replaced by a mark on its way. Without it one row
 * can end the process again and again: pgjdbc reads a message as a whole, and Debezium copies each value twice.
 *
 * <p>Only row changes in messages beyond the limit are touched; their keys never, because what an index holds is small.
 * What is encrypted passes as it is: of a connection with TLS the decrypted side is bounded too. Confined to the
 * connection's reading thread.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-logicalrep-message-formats.html">message formats</a>
 */
final class BoundedWire extends InputStream {
    /** A B-tree refuses entries beyond a third of a page. */
    private static final int ALWAYS_KEPT = 8192;

    private static final int HEADER = 5;
    private static final int COPY_HEAD = 26;
    private static final int RELATION = 4;
    private static final int CHUNK = 65_536;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final InputStream in;
    private final byte[] mark;
    private final int most;
    private final Duration patience;
    private final byte[] header = new byte[HEADER];
    private int headerFilled;
    private byte[] ready = new byte[0];
    private int handed;
    private int passing;
    private boolean begun;
    private boolean transparent;

    /**
     * @param in the server's bytes
     * @param mark what stands for a value that was left out
     * @param most about how many bytes of one row change are kept
     */
    BoundedWire(InputStream in, byte[] mark, int most) {
        this(in, mark, most, PATIENCE);
    }

    /** @param patience how long a server may be silent inside a row change that is cut */
    BoundedWire(InputStream in, byte[] mark, int most, Duration patience) {
        // A message has two parts, and there are many in a packet: each part would be a call of the system.
        this.in = new Packets(in);
        this.mark = mark.clone();
        this.most = most;
        this.patience = patience;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (handed == ready.length && passing == 0 && !transparent && !nextMessage()) {
            return -1;
        }
        if (handed < ready.length) {
            int count = Math.min(length, ready.length - handed);
            System.arraycopy(ready, handed, into, offset, count);
            handed += count;
            return count;
        }
        if (transparent) {
            return in.read(into, offset, length);
        }
        int count = in.read(into, offset, Math.min(length, passing));
        passing -= Math.max(0, count);
        return count;
    }

    @Override
    public int available() throws IOException {
        int here = ready.length - handed;
        return here > 0 ? here : in.available();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** Makes the next message ready; may time out at any byte and go on later. */
    private boolean nextMessage() throws IOException {
        int wanted = begun ? HEADER : 1;
        while (headerFilled < wanted) {
            int count = in.read(header, headerFilled, wanted - headerFilled);
            if (count < 0) {
                return false;
            }
            headerFilled += count;
            if (!begun && !isAnswerToEncryption()) {
                begun = true;
                wanted = HEADER;
            }
        }
        hand(Arrays.copyOf(header, headerFilled));
        headerFilled = 0;
        if (begun) {
            int length = ByteBuffer.wrap(header, 1, Integer.BYTES).getInt();
            passing = length - Integer.BYTES;
            if (header[0] == 'd' && length > most) {
                bounded();
            }
        }
        return true;
    }

    /** Before the first message a single letter answers a request for encryption: N for no. */
    private boolean isAnswerToEncryption() {
        boolean message = header[0] == 'R' || header[0] == 'E' || header[0] == 'v';
        transparent = !message && header[0] != 'N';
        return !message;
    }

    private void hand(byte[] bytes) {
        ready = bytes;
        handed = 0;
    }

    private void bounded() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(CHUNK);
        out.writeBytes(header);
        byte[] head = copy(out, COPY_HEAD);
        if (head[0] == 'w' && "IUD".indexOf(head[COPY_HEAD - 1]) >= 0) {
            copy(out, RELATION);
            while (passing > 0) {
                copy(out, 1);
                tuple(out);
            }
        }
        byte[] message = out.toByteArray();
        int length = Math.addExact(message.length - 1, passing);
        ByteBuffer.wrap(message, 1, Integer.BYTES).putInt(length);
        hand(message);
    }

    private void tuple(ByteArrayOutputStream out) throws IOException {
        int columns = ByteBuffer.wrap(copy(out, Short.BYTES)).getShort();
        for (int i = 0; i < columns; i++) {
            byte kind = copy(out, 1)[0];
            if (kind == 't' || kind == 'b') {
                value(out);
            }
        }
    }

    private void value(ByteArrayOutputStream out) throws IOException {
        byte[] size = taken(Integer.BYTES);
        int length = ByteBuffer.wrap(size).getInt();
        if (length <= ALWAYS_KEPT || (long) out.size() + length <= most) {
            out.writeBytes(size);
            copy(out, length);
            return;
        }
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(mark.length).array());
        out.writeBytes(mark);
        for (int left = length; left > 0; ) {
            left -= taken(Math.min(left, CHUNK)).length;
        }
    }

    private byte[] copy(ByteArrayOutputStream out, int count) throws IOException {
        byte[] bytes = taken(count);
        out.writeBytes(bytes);
        return bytes;
    }

    /** So many bytes of the message. A driver that only peeks has set a short time-out: it is waited out here. */
    private byte[] taken(int count) throws IOException {
        byte[] bytes = new byte[count];
        long silentSince = System.nanoTime();
        for (int filled = 0; filled < count; ) {
            try {
                int read = in.read(bytes, filled, count - filled);
                if (read < 0) {
                    throw new EOFException("the server closed the connection inside a message");
                }
                filled += read;
                silentSince = System.nanoTime();
            } catch (SocketTimeoutException timedOut) {
                if (System.nanoTime() - silentSince > patience.toNanos()) {
                    // Whoever only peeked would look again, and find the rest of this message where one should begin.
                    throw new IOException("the server fell silent inside a message", timedOut);
                }
            }
        }
        passing -= count;
        return bytes;
    }
}
