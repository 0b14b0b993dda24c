package io.promotionverifier.kafka.topic;

/** Whether the brokers are new enough: 3.7. Told by the highest {@code metadata.version} that they support. */
public enum BrokerAge {
    /** 3.7 or newer. */
    SUPPORTED,
    /** Older than 3.7. */
    TOO_OLD,
    /** Not told. */
    UNKNOWN;

    private static final short FIRST_OF_3_7 = 15;

    static BrokerAge of(short highestMetadataVersion) {
        return highestMetadataVersion < FIRST_OF_3_7 ? TOO_OLD : SUPPORTED;
    }
}
