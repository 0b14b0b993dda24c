package io.promotionverifier.postgres.engine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.postgresql.PGProperty;
import org.postgresql.core.SocketFactoryFactory;
import org.postgresql.util.PSQLException;

/**
 * TLS as pgjdbc makes it for these properties, or the factory that the source's URL names, with bounded input: what is
 * encrypted passes {@link EngineSockets} as it is. Created by pgjdbc by its name; hence it is public. Safe for use by
 * many threads.
 */
public final class EngineTls extends SSLSocketFactory {
    /** The property that names the user's own factory. */
    static final String THEIRS = "verifierSslFactory";

    private final SSLSocketFactory theirs;
    private final byte[] mark;

    /**
     * For pgjdbc.
     *
     * @param properties the connection's
     * @throws PSQLException if certificates cannot be read, or the user's own factory cannot be made
     */
    public EngineTls(Properties properties) throws PSQLException {
        theirs = SocketFactoryFactory.getSslSocketFactory(
                EngineSockets.inner(properties, PGProperty.SSL_FACTORY.getName(), THEIRS));
        mark = properties.getProperty(EngineSockets.MARK).getBytes(StandardCharsets.UTF_8);
    }

    private Socket bounded(Socket made) {
        return made instanceof SSLSocket tls ? new BoundedTlsSocket(tls, mark) : made;
    }

    @Override
    public Socket createSocket(Socket below, String host, int port, boolean autoClose) throws IOException {
        return bounded(theirs.createSocket(below, host, port, autoClose));
    }

    @Override
    public Socket createSocket() throws IOException {
        return bounded(theirs.createSocket());
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return bounded(theirs.createSocket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return bounded(theirs.createSocket(host, port, localHost, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return bounded(theirs.createSocket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) throws IOException {
        return bounded(theirs.createSocket(host, port, localHost, localPort));
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return theirs.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return theirs.getSupportedCipherSuites();
    }
}
