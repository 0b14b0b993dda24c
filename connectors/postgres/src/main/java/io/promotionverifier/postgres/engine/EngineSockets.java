package io.promotionverifier.postgres.engine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.SocketFactory;
import org.postgresql.PGProperty;
import org.postgresql.core.SocketFactoryFactory;
import org.postgresql.util.PSQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sockets of one run of the engine: their input is bounded (see {@link BoundedWire}), and they can be cut. A driver
 * that waits for the answer of a network that has swallowed the question waits for ever otherwise, and so does whoever
 * wants to stop it. pgjdbc makes one of these by its class name; hence it is public. Safe for use by many threads.
 */
public final class EngineSockets extends SocketFactory {
    /** The property that names the run. */
    static final String RUN = "verifierRun";

    /** The property that holds what stands for a value that was left out. */
    static final String MARK = "verifierMark";

    /** The property that names the user's own factory. */
    static final String THEIRS = "verifierSocketFactory";

    private static final Logger LOG = LoggerFactory.getLogger(EngineSockets.class);
    private static final Map<String, Set<Socket>> BY_RUN = new ConcurrentHashMap<>();

    private final SocketFactory theirs;
    private final String run;
    private final byte[] mark;

    /**
     * For pgjdbc.
     *
     * @param properties the connection's
     * @throws PSQLException if the user's own factory cannot be made
     */
    public EngineSockets(Properties properties) throws PSQLException {
        theirs = SocketFactoryFactory.getSocketFactory(inner(properties, PGProperty.SOCKET_FACTORY.getName(), THEIRS));
        run = properties.getProperty(RUN);
        mark = properties.getProperty(MARK).getBytes(StandardCharsets.UTF_8);
    }

    /** The properties as the factory that is wrapped sees them. */
    static Properties inner(Properties properties, String name, String theirs) {
        Properties inner = new Properties();
        properties.stringPropertyNames().forEach(each -> inner.setProperty(each, properties.getProperty(each)));
        inner.remove(name);
        Optional.ofNullable(properties.getProperty(theirs)).ifPresent(own -> inner.setProperty(name, own));
        return inner;
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

    private Socket kept(Socket made) {
        Socket socket = new BoundedSocket(made, mark);
        Set<Socket> sockets = BY_RUN.computeIfAbsent(run, first -> ConcurrentHashMap.newKeySet());
        sockets.removeIf(Socket::isClosed);
        sockets.add(socket);
        return socket;
    }

    @Override
    public Socket createSocket() throws IOException {
        return kept(theirs.createSocket());
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return kept(theirs.createSocket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return kept(theirs.createSocket(host, port, localHost, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return kept(theirs.createSocket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) throws IOException {
        return kept(theirs.createSocket(host, port, localHost, localPort));
    }
}
