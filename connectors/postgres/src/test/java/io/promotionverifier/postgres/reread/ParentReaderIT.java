package io.promotionverifier.postgres.reread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.promotionverifier.core.change.TableName;
import io.promotionverifier.postgres.SourceDatabase;
import io.promotionverifier.postgres.access.AccessRefusedException;
import io.promotionverifier.postgres.access.NotSetUpException;
import io.promotionverifier.postgres.access.SourceBusyException;
import io.promotionverifier.postgres.access.Timeouts;
import io.promotionverifier.postgres.catalog.ParentKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ParentReaderIT {
    private static final ParentKey ITEMS = new ParentKey(new TableName("public", "Items \"x\""), "The Id", "uuid");
    private static final String ONE = "00000000-0000-0000-0000-000000000001";
    private static final String TWO = "00000000-0000-0000-0000-000000000002";
    private static SourceDatabase database;

    @BeforeAll
    static void start() {
        database = new SourceDatabase(
                "CREATE TABLE \"Items \"\"x\"\"\" (\"The Id\" uuid PRIMARY KEY)",
                "INSERT INTO \"Items \"\"x\"\"\" VALUES ('" + ONE + "'), ('0000000a-0000-0000-0000-000000000000')",
                "CREATE TABLE codes (code numeric(10,2) UNIQUE)",
                "INSERT INTO codes VALUES (7), (1.01)",
                "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'stranger') THEN"
                        + " CREATE ROLE stranger LOGIN PASSWORD 'stranger'; END IF; END $$");
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @Test
    void thoseThatExistAreToldInTheTextTheyWereAskedIn() {
        try (ParentReader parents = new ParentReader(database.access())) {
            assertThat(parents.existing(ITEMS, List.of(ONE, TWO, "0000000A00000000-0000-000000000000", ONE)))
                    .containsExactlyInAnyOrder(ONE, "0000000A00000000-0000-000000000000");
            assertThat(parents.existing(ITEMS, List.of())).isEmpty();
        }
    }

    @Test
    void aValueThatTheTypeRefusesHasNoParentAndSpoilsNoOther() {
        try (ParentReader parents = new ParentReader(database.access())) {
            assertThat(parents.existing(ITEMS, List.of("not-a-uuid", TWO, ONE, "", "x'); DROP TABLE codes; --")))
                    .containsExactly(ONE);
        }
    }

    @Test
    void nothingIsRoundedToFindAParent() {
        ParentKey codes = new ParentKey(new TableName("public", "codes"), "code", "numeric");
        try (ParentReader parents = new ParentReader(database.access())) {
            assertThat(parents.existing(codes, List.of("7.0", "007", "1.005"))).containsExactlyInAnyOrder("7.0", "007");
        }
    }

    @Test
    void failuresAreTyped() throws SQLException {
        ParentKey nowhere = new ParentKey(new TableName("public", "nowhere"), "id", "integer");
        try (ParentReader parents = new ParentReader(database.access())) {
            assertThatExceptionOfType(NotSetUpException.class)
                    .isThrownBy(() -> parents.existing(nowhere, List.of("1")));
            assertThat(parents.existing(ITEMS, List.of(ONE))).containsExactly(ONE);
        }
        try (ParentReader parents = new ParentReader(database.access("stranger", "stranger"))) {
            assertThatExceptionOfType(AccessRefusedException.class)
                    .isThrownBy(() -> parents.existing(ITEMS, List.of(ONE)));
        }
        Timeouts hurry = new Timeouts(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofMillis(200));
        try (ParentReader parents = new ParentReader(database.access().with(hurry));
                Connection locker = database.connect();
                Statement statement = locker.createStatement()) {
            locker.setAutoCommit(false);
            statement.execute("LOCK TABLE codes IN ACCESS EXCLUSIVE MODE");
            ParentKey codes = new ParentKey(new TableName("public", "codes"), "code", "numeric");
            assertThatExceptionOfType(SourceBusyException.class)
                    .isThrownBy(() -> parents.existing(codes, List.of("7")));
            locker.rollback();
        }
    }
}
