package io.promotionverifier.app.http;

/** The HTTP port is taken. Retrying helps only when the other process is gone. */
public final class PortInUseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PortInUseException(String bind, int port, Throwable cause) {
        super(
                "port " + port + " on " + bind
                        + " is in use by another process: stop it, or choose another with http.port",
                cause);
    }
}
