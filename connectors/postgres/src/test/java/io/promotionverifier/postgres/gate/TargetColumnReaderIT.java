package io.promotionverifier.postgres.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.gate.GateFacts.ColumnIndex;
import io.promotionverifier.core.gate.GateFacts.TargetColumn;
import io.promotionverifier.core.promotion.DocumentPath;
import io.promotionverifier.postgres.SourceDatabase;
import io.promotionverifier.postgres.access.NotSetUpException;
import io.promotionverifier.postgres.access.Session;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A promoted column as catalog and statistics hold it. */
class TargetColumnReaderIT {
    /** The server tells what a session did a second later, if nothing more comes; we ask for it at once. */
    private static final String FLUSH = "SELECT pg_stat_force_next_flush()";

    private static final DocumentPath FROM = new DocumentPath("doc", List.of("priority"));

    private static TargetColumn read(SourceDatabase database, String table) {
        try (Session session = database.access().openReadOnly()) {
            return new TargetColumnReader(session).read(new TableName("public", table), FROM, "priority");
        }
    }

    @Test
    void indexesAreToldWithTheirScansAndDefaultsWithTheirExpression() {
        try (SourceDatabase database = new SourceDatabase(
                "CREATE TABLE t (id int PRIMARY KEY, doc jsonb, priority text DEFAULT 'low', other text)",
                "CREATE INDEX t_other ON t (other, priority)",
                "CREATE INDEX t_path ON t ((doc ->> 'priority'))",
                "CREATE INDEX t_elsewhere ON t ((doc ->> 'colour'))")) {
            TargetColumn before = read(database, "t");
            assertThat(before.type()).isEqualTo("text");
            assertThat(before.filledByDefault()).contains("'low'::text");
            assertThat(before.indexes()).isEmpty();
            assertThat(before.documentIndexes()).containsExactly("t_path");

            database.run("CREATE INDEX t_priority ON t (priority)");
            assertThat(read(database, "t").indexes()).containsExactly(new ColumnIndex("t_priority", true, 0));
            database.run("SET enable_seqscan = off", "SELECT * FROM t WHERE priority = 'low'", FLUSH);
            await().until(() -> read(database, "t").indexes().get(0).scans() > 0);
        }
    }

    @Test
    void aPartitionedTableIsReadThroughItsRootAndAMissingColumnIsRefused() {
        try (SourceDatabase database = new SourceDatabase(
                "CREATE TABLE p (id int, doc jsonb, priority text, PRIMARY KEY (id)) PARTITION BY RANGE (id)",
                "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10)",
                "CREATE INDEX p_priority ON p (priority)",
                "CREATE TABLE bare (id int PRIMARY KEY, doc jsonb)")) {
            assertThat(read(database, "p").indexes()).containsExactly(new ColumnIndex("p_priority", true, 0));
            database.run("SET enable_seqscan = off", "SELECT * FROM p WHERE priority = 'low'", FLUSH);
            await().until(() -> read(database, "p").indexes().get(0).scans() > 0);
            assertThatThrownBy(() -> read(database, "bare"))
                    .isInstanceOf(NotSetUpException.class)
                    .hasMessageContaining("priority");
        }
    }
}
