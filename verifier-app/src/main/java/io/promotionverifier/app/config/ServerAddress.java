package io.promotionverifier.app.config;

/** Where a server is found: ours, or somebody's. */
public sealed interface ServerAddress {
    /** The word that asks for a server of our own. */
    String EMBEDDED = "embedded";

    /** Started by the verifier, its data under the data folder. */
    record Embedded() implements ServerAddress {
        @Override
        public String toString() {
            return EMBEDDED;
        }
    }

    /**
     * A server that runs anyway.
     *
     * @param address a JDBC URL, or a list of Kafka's {@code host:port}; holds no password
     */
    record External(String address) implements ServerAddress {
        @Override
        public String toString() {
            return address;
        }
    }

    /** The address as it is written. */
    static ServerAddress of(String text) {
        return text.equals(EMBEDDED) ? new Embedded() : new External(text);
    }
}
