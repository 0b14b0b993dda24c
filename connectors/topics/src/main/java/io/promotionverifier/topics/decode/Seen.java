package io.promotionverifier.topics.decode;

import org.apache.kafka.connect.source.SourceRecord;

/** What a record of a topic turned out to be. */
public sealed interface Seen {
    /**
     * A change of a captured table, or a message through the log.
     *
     * @param place where it stands
     * @param identity operation and key: with the place, the same for a record that was delivered again only
     * @param record as our own engine would have handed it over
     */
    record Change(Place place, String identity, SourceRecord record) implements Seen {}

    /**
     * What is no row change: passed over and counted.
     *
     * @param why what it is
     */
    record Nothing(Overlooked why) implements Seen {}

    /** What may stand in a change topic besides row changes. */
    enum Overlooked {
        /** A null value after a delete, for compaction. */
        TOMBSTONE,
        /** A row that a snapshot of the connector read ({@code op=r}): nobody wrote it then. */
        SNAPSHOT_READ,
        /** A change of a table that is not promoted. */
        OTHER_TABLE,
        /** What was delivered before: Connect delivers at least once. */
        REPEATED,
        /** What was committed before {@code setup}, or lies in a coverage gap. */
        OUT_OF_SCOPE
    }
}
