package io.promotionverifier.postgres.catalog;

/** What the log holds of a row before an UPDATE or DELETE. */
public enum ReplicaIdentity {
    /** The primary key. */
    DEFAULT,
    /** The whole row, with documents stored out of line. */
    FULL,
    /** The columns of one unique index. */
    INDEX,
    /** Nothing: UPDATE and DELETE fail on a published table. */
    NOTHING;

    static ReplicaIdentity of(String relreplident) {
        return switch (relreplident) {
            case "d" -> DEFAULT;
            case "f" -> FULL;
            case "i" -> INDEX;
            default -> NOTHING;
        };
    }
}
