package io.promotionverifier.postgres.slot;

import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.change.TableName;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What setup says to the server. */
class PublicationSqlTest {
    @Test
    void promotionsOfIndexesAloneHaveNoTableToPublish() {
        assertThat(new PublicationSql("p", Set.of(), false).create()).startsWith("CREATE PUBLICATION \"p\" WITH (");
        assertThat(new PublicationSql("p", Set.of(new TableName("public", "t")), false).create())
                .startsWith("CREATE PUBLICATION \"p\" FOR TABLE \"public\".\"t\" WITH (");
    }
}
