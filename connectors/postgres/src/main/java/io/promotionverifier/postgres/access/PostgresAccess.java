package io.promotionverifier.postgres.access;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.function.Supplier;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.postgresql.util.HostSpec;
import org.postgresql.util.PSQLState;

/**
 * The way to the source database: where it is, who we are there, how long we wait. Immutable; safe for use by many
 * threads. The password is asked for at every connection, so that a rotated secret is taken up, and is never printed.
 */
public final class PostgresAccess {
    /** The name under which our connections stand in {@code pg_stat_activity}. */
    public static final String APPLICATION_NAME = "promotion-verifier";

    private final String url;
    private final String user;
    private final Supplier<String> password;
    private final Timeouts timeouts;
    private final String where;

    /**
     * @param url {@code jdbc:postgresql://host:port/database}, a direct host and not a pooler; its parameters reach
     *     pgjdbc
     * @param user the role
     * @param password its password, empty for none
     * @throws IllegalArgumentException if the URL is not one that pgjdbc reads; the message does not repeat it
     */
    public PostgresAccess(String url, String user, Supplier<String> password) {
        this(url, user, password, Timeouts.DEFAULT);
    }

    private PostgresAccess(String url, String user, Supplier<String> password, Timeouts timeouts) {
        this.url = url;
        this.user = user;
        this.password = password;
        this.timeouts = timeouts;
        this.where = where(url);
    }

    /** The same way with other time-outs. */
    public PostgresAccess with(Timeouts changed) {
        return new PostgresAccess(url, user, password, changed);
    }

    /** The role that connects. */
    public String user() {
        return user;
    }

    /** Host, port and database, for people: {@code db.example:5432/nexus}. */
    public String where() {
        return where;
    }

    /**
     * Opens a session that may write.
     *
     * @throws AccessRefusedException if the credentials are refused
     * @throws SourceUnreachableException if nobody answers in time
     * @throws NotSetUpException if the database does not exist
     */
    public Session open() {
        return Session.begin(connect(), timeouts.statement(), false);
    }

    /** Opens a session whose statements the server refuses when they would write; failures as for {@link #open()}. */
    public Session openReadOnly() {
        return Session.begin(connect(), timeouts.statement(), true);
    }

    /**
     * Opens a replication connection as the engine will, asks who is there, and closes it. Starts no stream.
     *
     * @throws SourceException why the server, or what stands in front of it, refuses
     */
    public void tryReplication() {
        Properties properties = properties();
        PGProperty.REPLICATION.set(properties, "database");
        PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "14");
        PGProperty.PREFER_QUERY_MODE.set(properties, "simple");
        try (Connection connection = connect(properties);
                Statement statement = connection.createStatement()) {
            statement.execute("IDENTIFY_SYSTEM");
        } catch (SQLException e) {
            throw SourceFailures.of("use a replication connection", e);
        }
    }

    private Connection connect() {
        return connect(properties());
    }

    private Connection connect(Properties properties) {
        String doing = "connect to " + where + " as " + user;
        try {
            Connection connection = new Driver().connect(url, properties);
            if (connection == null) {
                throw new SQLException("not a PostgreSQL URL", PSQLState.CONNECTION_UNABLE_TO_CONNECT.getState());
            }
            return connection;
        } catch (SQLException e) {
            throw SourceFailures.of(doing, e);
        }
    }

    private Properties properties() {
        Properties properties = new Properties();
        PGProperty.USER.set(properties, user);
        String secret = password.get();
        if (!secret.isEmpty()) {
            PGProperty.PASSWORD.set(properties, secret);
        }
        PGProperty.APPLICATION_NAME.set(properties, APPLICATION_NAME);
        PGProperty.CONNECT_TIMEOUT.set(properties, (int) timeouts.connect().toSeconds());
        PGProperty.LOGIN_TIMEOUT.set(properties, (int) timeouts.connect().toSeconds());
        PGProperty.SOCKET_TIMEOUT.set(properties, (int) timeouts.socket().toSeconds());
        PGProperty.TCP_KEEP_ALIVE.set(properties, true);
        PGProperty.LOG_SERVER_ERROR_DETAIL.set(properties, false);
        return properties;
    }

    private static String where(String url) {
        Properties parsed = Driver.parseURL(url, new Properties());
        if (parsed == null) {
            throw new IllegalArgumentException(
                    "not a PostgreSQL URL; it has the form jdbc:postgresql://host:port/database");
        }
        StringBuilder hosts = new StringBuilder();
        String[] names = split(parsed, PGProperty.PG_HOST);
        String[] ports = split(parsed, PGProperty.PG_PORT);
        for (int i = 0; i < names.length; i++) {
            hosts.append(i == 0 ? "" : ",").append(new HostSpec(names[i], Integer.parseInt(ports[i])));
        }
        return hosts + "/" + PGProperty.PG_DBNAME.getOrDefault(parsed);
    }

    private static String[] split(Properties parsed, PGProperty property) {
        String value = property.getOrDefault(parsed);
        return value == null ? new String[0] : value.split(",");
    }

    @Override
    public String toString() {
        return user + " at " + where;
    }
}
