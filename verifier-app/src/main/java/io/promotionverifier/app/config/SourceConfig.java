package io.promotionverifier.app.config;

import io.promotionverifier.app.config.form.PassThrough;
import io.promotionverifier.app.config.form.Secret;
import java.time.Duration;
import java.util.Optional;

/**
 * The PostgreSQL that is watched.
 *
 * @param name its name in events ({@code /verifier/<name>}) and logs
 * @param server a JDBC URL, or embedded
 * @param username whom to connect as; present unless the server is embedded
 * @param password the password; absent where the server asks for none
 * @param slot the replication slot
 * @param publication the publication
 * @param heartbeat how often a message goes through the WAL
 * @param mode where changes come from
 * @param capture which changes the server sends
 * @param debezium properties handed to Debezium; none of the verifier's own
 * @param connector the properties of the connector whose topics are read; empty unless topics are
 */
public record SourceConfig(
        String name,
        ServerAddress server,
        Optional<String> username,
        Optional<Secret> password,
        String slot,
        String publication,
        Duration heartbeat,
        Mode mode,
        Capture capture,
        PassThrough debezium,
        PassThrough connector) {

    /** Where changes come from. */
    public enum Mode {
        /** A Debezium engine of our own. */
        EMBEDDED,
        /** The change topics of a Debezium that runs elsewhere. */
        TOPICS
    }

    /** Which changes the server sends. */
    public enum Capture {
        /** Every change of the promoted tables. */
        ALL,
        /** Those that the server's own comparison finds suspect. */
        SUSPECTS
    }
}
