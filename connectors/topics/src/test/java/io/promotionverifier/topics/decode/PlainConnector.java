package io.promotionverifier.topics.decode;

import io.promotionverifier.sandbox.server.TestEnvironment;
import java.util.Properties;

/** Debezium's own connector as other people run it: nothing of ours but the server's address. */
final class PlainConnector {
    private PlainConnector() {}

    /**
     * What every connector has.
     *
     * @param database also the slot's name
     * @param publication also the connector's
     */
    static Properties settings(TestEnvironment servers, String database, String publication) {
        String address = servers.jdbcUrl(database).substring("jdbc:postgresql://".length());
        Properties settings = new Properties();
        settings.setProperty("name", publication);
        settings.setProperty("connector.class", "io.debezium.connector.postgresql.PostgresConnector");
        settings.setProperty("plugin.name", "pgoutput");
        settings.setProperty("database.hostname", address.substring(0, address.indexOf(':')));
        settings.setProperty("database.port", address.substring(address.indexOf(':') + 1, address.indexOf('/')));
        settings.setProperty("database.dbname", database);
        settings.setProperty("database.user", servers.user());
        settings.setProperty("database.password", servers.password());
        settings.setProperty("slot.name", database);
        settings.setProperty("publication.name", publication);
        settings.setProperty("publication.autocreate.mode", "disabled");
        settings.setProperty("snapshot.mode", "no_data");
        settings.setProperty("poll.interval.ms", "20");
        settings.setProperty("offset.storage", "org.apache.kafka.connect.storage.MemoryOffsetBackingStore");
        return settings;
    }
}
