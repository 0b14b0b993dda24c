package io.promotionverifier.app.daemon;

import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.postgres.access.PostgresAccess;
import io.promotionverifier.postgres.access.Session;
import io.promotionverifier.topics.read.ChangeTopics;
import io.promotionverifier.topics.read.Position;

/** Where the reading of change topics begins when it does not go on: here and now. */
public final class TopicBeginning {
    private static final String END_OF_LOG = "SELECT pg_current_wal_lsn() AS lsn";

    private TopicBeginning() {}

    /**
     * The ends of the topics, and the end of the server's log after them: what is committed later is in the topics
     * behind these ends, and what lies behind them and was committed before is out of scope.
     */
    public static Position now(ChangeTopics topics, PostgresAccess access) {
        Position ends = topics.ends(Lsn.ZERO);
        try (Session session = access.openReadOnly()) {
            Lsn end = session.one(
                    "read the end of the log", END_OF_LOG, row -> row.lsn("lsn").orElseThrow());
            return new Position(end, ends.topics());
        }
    }
}
