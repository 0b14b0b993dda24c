package io.promotionverifier.sandbox.server;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntSupplier;

/** Ports on loopback: a free one, or a fixed one that must be free. */
final class LoopbackPort {
    /** Below the range that outgoing connections are given, or one of them takes the port while a server restarts. */
    private static final int FIRST = 20_000;

    private static final int END = 30_000;
    private static final int ATTEMPTS = 100;

    private LoopbackPort() {}

    /**
     * Returns the wanted port if it is free, or any free one where 0 is wanted.
     *
     * @throws PortInUseException if the wanted port is taken
     */
    static int claim(String server, int wanted) throws IOException {
        if (wanted != 0) {
            probe(server, wanted);
            return wanted;
        }
        return anyBut(wanted, server, LoopbackPort::candidate);
    }

    /** Any free port but one that belongs to somebody who is not there yet. */
    static int claimBeside(int kept, String server) throws IOException {
        return anyBut(kept, server, LoopbackPort::candidate);
    }

    private static int candidate() {
        return ThreadLocalRandom.current().nextInt(FIRST, END);
    }

    static int anyBut(int kept, String server, IntSupplier candidates) throws IOException {
        for (int attempt = 1; ; attempt++) {
            int port = candidates.getAsInt();
            if (port == kept) {
                continue;
            }
            try {
                probe(server, port);
                return port;
            } catch (PortInUseException taken) {
                if (attempt >= ATTEMPTS) {
                    throw taken;
                }
            }
        }
    }

    private static void probe(String server, int port) throws IOException {
        try {
            new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
        } catch (BindException taken) {
            PortInUseException failure = new PortInUseException(server, port);
            failure.initCause(taken);
            throw failure;
        }
    }
}
