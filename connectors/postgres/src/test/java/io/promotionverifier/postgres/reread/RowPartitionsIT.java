package io.promotionverifier.postgres.reread;

import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.change.TableName;
import io.promotionverifier.postgres.SourceDatabase;
import io.promotionverifier.postgres.access.Session;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowPartitionsIT {
    private static final TableName PARTED = new TableName("public", "Parted \"x\"");
    private static final TableName WHOLE = new TableName("public", "whole");

    @Test
    void aRowLiesInItsPartitionAndOneThatIsGoneNowhere() {
        try (SourceDatabase database = new SourceDatabase(
                        "CREATE TABLE \"Parted \"\"x\"\"\" (\"The Id\" uuid, region text, v int,"
                                + " PRIMARY KEY (\"The Id\", region)) PARTITION BY LIST (region)",
                        "CREATE TABLE north PARTITION OF \"Parted \"\"x\"\"\" FOR VALUES IN ('n')",
                        "CREATE TABLE others PARTITION OF \"Parted \"\"x\"\"\" DEFAULT PARTITION BY HASH (\"The Id\")",
                        "CREATE TABLE leaf PARTITION OF others FOR VALUES WITH (MODULUS 1, REMAINDER 0)",
                        "INSERT INTO \"Parted \"\"x\"\"\" VALUES ('00000000-0000-0000-0000-000000000001', 'n', 1),"
                                + " ('00000000-0000-0000-0000-000000000001', 's', 1)",
                        "CREATE TABLE whole (id bigint PRIMARY KEY)",
                        "INSERT INTO whole VALUES (7)");
                Session session = database.access().openReadOnly()) {
            String north = "{\"The Id\": \"00000000-0000-0000-0000-000000000001\", \"region\": \"n\"}";
            String south = "{\"The Id\": \"00000000-0000-0000-0000-000000000001\", \"region\": \"s\"}";
            String gone = "{\"The Id\": \"00000000-0000-0000-0000-000000000002\", \"region\": \"n\"}";

            assertThat(RowPartitions.read(session, PARTED, List.of("The Id", "region"), List.of(north, south, gone)))
                    .containsOnlyKeys(north, south)
                    .containsEntry(north, "public.north")
                    .containsEntry(south, "public.leaf");
            assertThat(RowPartitions.read(session, WHOLE, List.of("id"), List.of("{\"id\": 7}", "{\"id\": 8}")))
                    .containsOnlyKeys("{\"id\": 7}")
                    .containsValue("public.whole");
        }
    }
}
