package io.promotionverifier.sandbox.server;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports on loopback: a free one, or a fixed one that must be free. */
final class LoopbackPort {
    private LoopbackPort() {}

    /** Returns the wanted port if it is free, or any free one where 0 is wanted. */
    static int claim(String server, int wanted) throws IOException {
        try (ServerSocket probe = new ServerSocket(wanted, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        } catch (BindException taken) {
            PortInUseException failure = new PortInUseException(server, wanted);
            failure.initCause(taken);
            throw failure;
        }
    }
}
