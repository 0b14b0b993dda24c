package io.promotionverifier.kafka.topic;

/**
 * Whether the brokers may lose transaction markers when killed at the wrong moment (KAFKA-20734, in 4.3.0 and 4.3.1).
 *
 * <p>Brokers do not tell their exact version; the highest {@code metadata.version} they support gives away the minor
 * one.
 */
public enum MarkerSafety {
    /** Older than 4.3: the bug is not there. */
    SAFE,
    /** Some 4.3: it may be one of the two. */
    SUSPECT,
    /** Nothing could be learned, or a version that we do not know. */
    UNKNOWN;

    private static final short FIRST_OF_4_3 = 30;
    private static final short FIRST_OF_4_4 = 31;

    static MarkerSafety of(short highestMetadataVersion) {
        if (highestMetadataVersion < FIRST_OF_4_3) {
            return SAFE;
        }
        return highestMetadataVersion < FIRST_OF_4_4 ? SUSPECT : UNKNOWN;
    }
}
