package io.promotionverifier.sandbox.server;

/** A fixed port that another process listens on. Retrying helps only once that process has gone. */
public final class PortInUseException extends SandboxException {
    private final int port;

    PortInUseException(String server, int port) {
        super("Port " + port + " on 127.0.0.1, wanted by the embedded " + server
                + ", is in use by another process. Stop that process or choose another port.");
        this.port = port;
    }

    /** The port, 1 to 65535. */
    public int port() {
        return port;
    }
}
