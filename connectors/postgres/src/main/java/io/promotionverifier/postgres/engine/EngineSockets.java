package io.promotionverifier.postgres.engine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.SocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sockets of one run of the engine, so that they can be cut: a driver that waits for the answer of a network that
 * has swallowed the question waits for ever otherwise, and so does whoever wants to stop it. pgjdbc makes one of these
 * by its class name; hence it is public. Safe for use by many threads.
 */
public final class EngineSockets extends SocketFactory {
    private static final Logger LOG = LoggerFactory.getLogger(EngineSockets.class);
    private static final Map<String, Set<Socket>> BY_RUN = new ConcurrentHashMap<>();

    private final String run;

    /** @param run the name of the run, which pgjdbc passes on */
    public EngineSockets(String run) {
        this.run = run;
    }

    /** Closes every socket of a run: whoever waits on one fails at once. */
    static void cut(String run) {
        Set<Socket> sockets = BY_RUN.remove(run);
        if (sockets != null) {
            sockets.forEach(EngineSockets::close);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("A socket could not be closed: {}", e.getMessage());
        }
    }

    private Socket kept(Socket socket) {
        Set<Socket> sockets = BY_RUN.computeIfAbsent(run, first -> ConcurrentHashMap.newKeySet());
        sockets.removeIf(Socket::isClosed);
        sockets.add(socket);
        return socket;
    }

    @Override
    public Socket createSocket() {
        return kept(new Socket());
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return kept(new Socket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return kept(new Socket(host, port, localHost, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return kept(new Socket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) throws IOException {
        return kept(new Socket(host, port, localHost, localPort));
    }
}
