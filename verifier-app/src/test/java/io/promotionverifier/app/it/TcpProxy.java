package io.promotionverifier.app.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The network between us and a server: it can swallow everything without a word, as a firewall does that forgot a
 * connection. What was connected then stays dead for ever.
 */
final class TcpProxy implements AutoCloseable {
    private final ServerSocket entrance;
    private final int target;
    private final List<Wire> wires = new CopyOnWriteArrayList<>();
    private volatile boolean swallowing;

    /** A connection and the one behind it. */
    private static final class Wire {
        private final Socket near;
        private final Socket far;
        private volatile boolean dead;

        Wire(Socket near, Socket far, boolean dead) {
            this.near = near;
            this.far = far;
            this.dead = dead;
        }

        void pump(Socket from, Socket to) {
            byte[] bytes = new byte[8192];
            try (InputStream in = from.getInputStream();
                    OutputStream out = to.getOutputStream()) {
                for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                    if (!dead) {
                        out.write(bytes, 0, read);
                        out.flush();
                    }
                }
            } catch (IOException closed) {
                close();
            }
        }

        void close() {
            try (near;
                    far) {
                dead = true;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    TcpProxy(int target) {
        this.target = target;
        try {
            this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    int port() {
        return entrance.getLocalPort();
    }

    /** From now on nothing comes through, neither on these connections nor on new ones. */
    void swallow() {
        swallowing = true;
        wires.forEach(wire -> wire.dead = true);
    }

    /** New connections come through again; the old ones stay dead. */
    void heal() {
        swallowing = false;
    }

    private void accept() {
        try {
            while (true) {
                Socket near = entrance.accept();
                Wire wire = new Wire(near, new Socket(InetAddress.getLoopbackAddress(), target), swallowing);
                wires.add(wire);
                start(() -> wire.pump(wire.near, wire.far));
                start(() -> wire.pump(wire.far, wire.near));
            }
        } catch (IOException closed) {
            wires.forEach(Wire::close);
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "tcp-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            entrance.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
