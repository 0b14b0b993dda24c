package io.promotionverifier.postgres.engine;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * Where the source is, in the parts that Debezium asks for.
 *
 * @param host one host, IPv6 in brackets
 * @param port its port
 * @param database the database's name
 * @param parameters the URL's parameters for pgjdbc ({@code sslmode}, {@code sslrootcert}, ...), sorted
 */
public record ServerAddress(String host, int port, String database, Map<String, String> parameters) {
    private static final Set<String> PARTS =
            Set.of(PGProperty.PG_HOST.getName(), PGProperty.PG_PORT.getName(), PGProperty.PG_DBNAME.getName());

    public ServerAddress {
        parameters = Map.copyOf(parameters);
    }

    /**
     * Takes a JDBC URL apart.
     *
     * @throws IllegalArgumentException if it is not {@code jdbc:postgresql://host:port/database?parameters} with one
     *     host and without credentials, or its database's name cannot stand in a URL; the message does not repeat it
     */
    public static ServerAddress parse(String url) {
        Properties parts = Driver.parseURL(url, new Properties());
        if (parts == null) {
            throw new IllegalArgumentException(
                    "not a PostgreSQL URL; it has the form jdbc:postgresql://host:port/database");
        }
        Map<String, String> parameters = new TreeMap<>();
        for (String name : parts.stringPropertyNames()) {
            if (!PARTS.contains(name)) {
                parameters.put(name, parts.getProperty(name));
            }
        }
        if (parameters.containsKey(PGProperty.USER.getName())
                || parameters.containsKey(PGProperty.PASSWORD.getName())) {
            throw new IllegalArgumentException(
                    "credentials do not belong into the URL: give username and password apart");
        }
        return new ServerAddress(
                host(parts), Integer.parseInt(part(parts, PGProperty.PG_PORT)), database(parts), parameters);
    }

    private static String host(Properties parts) {
        String host = part(parts, PGProperty.PG_HOST);
        if (host.contains(",")) {
            throw new IllegalArgumentException(
                    "the URL names several hosts: a slot lives on one server, name that one");
        }
        return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    }

    /** Debezium puts the name into a URL as it is, and compares it with the catalog as it is. */
    private static String database(Properties parts) {
        String database = part(parts, PGProperty.PG_DBNAME);
        if (!URLEncoder.encode(database, StandardCharsets.UTF_8).equals(database)) {
            throw new IllegalArgumentException(
                    "Debezium cannot connect to a database whose name is not made of letters,"
                            + " digits, '-', '_', '.' and '*'");
        }
        return database;
    }

    private static String part(Properties parts, PGProperty property) {
        String value = property.getOrDefault(parts);
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException("the URL has no " + property.getName());
        }
        return value;
    }

    /** The URL again, for connections beside Debezium's. */
    String url() {
        String query = parameters.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return "jdbc:postgresql://" + host + ":" + port + "/" + database + (query.isEmpty() ? "" : "?" + query);
    }
}
