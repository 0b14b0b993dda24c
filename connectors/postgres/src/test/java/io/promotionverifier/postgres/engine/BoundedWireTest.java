package io.promotionverifier.postgres.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Large values leave a message, everything else stays as it is. */
class BoundedWireTest {
    private static final byte[] MARK = "{mark}".getBytes(StandardCharsets.UTF_8);
    private static final int MOST = 100_000;
    private static final int SEEDS = 200;
    private static final String LARGE = "x".repeat(150_000);

    /** Values as an insert carries them; a tuple for each array, the first one the old row. */
    private static byte[] change(char operation, String[]... tuples) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(body);
        out.writeByte('w');
        out.write(new byte[24]);
        out.writeByte(operation);
        out.writeInt(16_384);
        for (int i = 0; i < tuples.length; i++) {
            out.writeByte(i == tuples.length - 1 && operation != 'D' ? 'N' : 'O');
            out.writeShort(tuples[i].length);
            for (String value : tuples[i]) {
                if (value.length() == 1) {
                    out.writeByte(value.charAt(0));
                } else {
                    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
                    out.writeByte('t');
                    out.writeInt(bytes.length);
                    out.write(bytes);
                }
            }
        }
        return message('d', body.toByteArray());
    }

    private static byte[] message(char type, byte[] body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeByte(type);
        out.writeInt(body.length + Integer.BYTES);
        out.write(body);
        return bytes.toByteArray();
    }

    private static byte[] joined(byte[]... parts) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.write(part);
        }
        return all.toByteArray();
    }

    private static byte[] begin() throws IOException {
        return message('R', new byte[4]);
    }

    private static byte[] through(byte[] sent) throws IOException {
        return new BoundedWire(new ByteArrayInputStream(sent), MARK, MOST).readAllBytes();
    }

    @Test
    void aLargeValueBecomesTheMarkAndItsNeighboursStay() throws IOException {
        byte[] sent = joined(begin(), change('I', new String[] {"17", LARGE, "n", "u", "low"}), message('Z', begin()));
        assertThat(through(sent))
                .isEqualTo(joined(
                        begin(), change('I', new String[] {"17", "{mark}", "n", "u", "low"}), message('Z', begin())));
    }

    @Test
    void oldAndNewRowShareTheRoomAndKeysAlwaysFit() throws IOException {
        String half = "y".repeat(60_000);
        String[] old = {"17", half};
        String[] now = {"k".repeat(8_192), half, "low"};
        assertThat(through(joined(begin(), change('U', old, now))))
                .isEqualTo(joined(begin(), change('U', old, new String[] {now[0], "{mark}", "low"})));
        assertThat(through(joined(begin(), change('D', new String[] {"17", LARGE}))))
                .isEqualTo(joined(begin(), change('D', new String[] {"17", "{mark}"})));
    }

    @Test
    void whatIsNoRowChangePassesAtAnySize() throws IOException {
        byte[] logical = change('I', new String[] {"17", LARGE});
        logical[5 + 25] = 'M';
        byte[] sent = joined(begin(), message('D', LARGE.getBytes(StandardCharsets.UTF_8)), logical, begin());
        assertThat(through(sent)).isEqualTo(sent);
    }

    @Test
    void whatIsEncryptedPassesAndARefusalOfEncryptionIsNoMessage() throws IOException {
        byte[] large = change('I', new String[] {"17", LARGE});
        byte[] encrypted = joined(new byte[] {'S', 22, 3, 3}, large);
        assertThat(through(encrypted)).isEqualTo(encrypted);
        byte[] refused = {'N', 'N'};
        assertThat(through(joined(refused, begin(), large)))
                .isEqualTo(joined(refused, begin(), change('I', new String[] {"17", "{mark}"})));
    }

    @Test
    void piecesAndTimeOutsAtAnyByteChangeNothing() throws IOException {
        byte[] large = joined(begin(), change('I', new String[] {"17", LARGE, "low"}), message('Z', begin()));
        byte[] marked = joined(begin(), change('I', new String[] {"17", "{mark}", "low"}), message('Z', begin()));
        byte[] encrypted = joined(new byte[] {'S', 22, 3, 3}, large);
        for (int seed = 0; seed < SEEDS; seed++) {
            assertThat(patiently(large, seed)).as("seed %d", seed).isEqualTo(marked);
            assertThat(patiently(encrypted, seed))
                    .as("encrypted, seed %d", seed)
                    .isEqualTo(encrypted);
        }
    }

    private static byte[] patiently(byte[] sent, long seed) throws IOException {
        Random random = new Random(seed);
        BoundedWire wire = new BoundedWire(new Halting(sent, random), MARK, MOST);
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        byte[] piece = new byte[20_000];
        for (int count = 0; count >= 0; ) {
            try {
                count = wire.read(piece, 0, 1 + random.nextInt(piece.length));
                got.write(piece, 0, Math.max(0, count));
            } catch (SocketTimeoutException again) {
                assertThat(got.size()).isLessThan(sent.length);
            }
        }
        return got.toByteArray();
    }

    @Test
    void whoFallsSilentInsideARowIsGivenUpForGood() throws IOException {
        byte[] row = change('I', new String[] {"17", LARGE});
        InputStream silent = new SequenceInputStream(
                new ByteArrayInputStream(joined(begin(), row), 0, row.length / 2), new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new SocketTimeoutException();
                    }

                    @Override
                    public int read(byte[] into, int offset, int length) throws IOException {
                        throw new SocketTimeoutException();
                    }
                });
        BoundedWire wire = new BoundedWire(silent, MARK, MOST, Duration.ofMillis(20));
        assertThatThrownBy(wire::readAllBytes)
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(SocketTimeoutException.class)
                .hasMessageContaining("inside a message");
    }

    /**
     * Gives a few bytes at a time, and often none in time, though it has some: a look for a millisecond is over while
     * the process is not running.
     */
    private static final class Halting extends InputStream {
        private final InputStream in;
        private final Random random;

        Halting(byte[] bytes, Random random) {
            this.in = new ByteArrayInputStream(bytes);
            this.random = random;
        }

        @Override
        public int read() throws IOException {
            return in.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (random.nextInt(3) == 0 && in.available() > 0) {
                throw new SocketTimeoutException();
            }
            return in.read(into, offset, Math.min(length, 1 + random.nextInt(5_000)));
        }

        @Override
        public int available() throws IOException {
            return in.available();
        }
    }
}
