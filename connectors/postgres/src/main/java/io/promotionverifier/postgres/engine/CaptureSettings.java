package io.promotionverifier.postgres.engine;

import io.promotionverifier.postgres.decode.CapturedTable;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What is captured, from where, as whom.
 *
 * @param address the server
 * @param user the role
 * @param password its password, never printed
 * @param slot an existing slot of {@code pgoutput}
 * @param publication an existing publication of the tables
 * @param heartbeatPrefix the prefix of our messages through the log
 * @param server a name for the source: letters, digits, dots, hyphens and underscores
 * @param tables what is captured
 * @param passThrough further Debezium properties
 */
public record CaptureSettings(
        ServerAddress address,
        String user,
        String password,
        String slot,
        String publication,
        String heartbeatPrefix,
        String server,
        List<CapturedTable> tables,
        Map<String, String> passThrough) {
    /** Debezium writes the publication's name into SQL unquoted. */
    private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

    private static final Pattern SERVER = Pattern.compile("[A-Za-z0-9._-]{1,200}");

    /**
     * @throws IllegalArgumentException if a name has a form that Debezium cannot handle, or an owned property is passed
     */
    public CaptureSettings {
        tables = List.copyOf(tables);
        passThrough = Map.copyOf(passThrough);
        require(PLAIN.matcher(slot).matches(), "slot", slot);
        require(PLAIN.matcher(publication).matches(), "publication", publication);
        require(SERVER.matcher(server).matches(), "source name", server);
        require(!heartbeatPrefix.isEmpty(), "heartbeat prefix", heartbeatPrefix);
        for (CapturedTable table : tables) {
            CapturableNames.problem(table).ifPresent(problem -> {
                throw new IllegalArgumentException(problem);
            });
        }
        for (String key : passThrough.keySet()) {
            if (OwnedProperties.isOwned(key)) {
                throw new IllegalArgumentException("the verifier owns Debezium's property " + key);
            }
        }
    }

    private static void require(boolean fine, String what, String name) {
        if (!fine) {
            throw new IllegalArgumentException("not a usable name of a " + what + ": \"" + name + "\"");
        }
    }

    @Override
    public String toString() {
        return "CaptureSettings[" + user + " at " + address.host() + ":" + address.port() + "/" + address.database()
                + ", slot " + slot + ", publication " + publication + "]";
    }
}
