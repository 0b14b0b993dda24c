package io.promotionverifier.kafka.state;

/**
 * What a state belongs to: with other anchors its positions mean nothing. All texts come from outside and are compared,
 * never read.
 *
 * @param systemIdentifier the PostgreSQL cluster's
 * @param timeline the cluster's timeline
 * @param database the database's name
 * @param slot the replication slot's name
 * @param captureFingerprint of the publication, its tables, keys and types
 * @param valuesKeyFingerprint of the key that seals values
 * @param configurationHash of the configuration
 * @param readFrom from where the source's topics are read on; empty where a slot remembers that
 */
public record Anchor(
        String systemIdentifier,
        String timeline,
        String database,
        String slot,
        String captureFingerprint,
        String valuesKeyFingerprint,
        String configurationHash,
        String readFrom) {
    /** An anchor in a source that remembers by itself how far it was read. */
    public Anchor(
            String systemIdentifier,
            String timeline,
            String database,
            String slot,
            String captureFingerprint,
            String valuesKeyFingerprint,
            String configurationHash) {
        this(
                systemIdentifier,
                timeline,
                database,
                slot,
                captureFingerprint,
                valuesKeyFingerprint,
                configurationHash,
                "");
    }

    /** The same, in topics that are read on from there. */
    public Anchor readingFrom(String place) {
        return new Anchor(
                systemIdentifier,
                timeline,
                database,
                slot,
                captureFingerprint,
                valuesKeyFingerprint,
                configurationHash,
                place);
    }
}
