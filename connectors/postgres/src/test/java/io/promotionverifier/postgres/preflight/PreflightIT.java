package io.promotionverifier.postgres.preflight;

import static io.promotionverifier.postgres.SourceDatabase.promotion;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.promotion.DocumentPath;
import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.postgres.SourceDatabase;
import io.promotionverifier.postgres.access.PostgresAccess;
import io.promotionverifier.postgres.catalog.RequestedPromotion;
import io.promotionverifier.postgres.preflight.check.CheckResult;
import io.promotionverifier.postgres.preflight.check.CheckResult.Result;
import io.promotionverifier.postgres.slot.CaptureRequest;
import io.promotionverifier.postgres.slot.SlotSql;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreflightIT {
    private static final String CASES = " public.cases";
    private static SourceDatabase database;

    @BeforeAll
    static void start() {
        database = new SourceDatabase();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void create() {
        database.run(
                "CREATE TABLE cases (id int PRIMARY KEY, metadata jsonb, priority text, other text)",
                "ALTER TABLE cases REPLICA IDENTITY FULL");
    }

    @AfterEach
    void clear() {
        database.clear();
    }

    private static CaptureRequest request(RequestedPromotion... promotions) {
        return new CaptureRequest("slot_" + database.name(), "verifier_pub", List.of(promotions));
    }

    private static List<CheckResult> run(PostgresAccess access, RequestedPromotion... promotions) {
        return Preflight.run(access, request(promotions), Set.of());
    }

    private static CheckResult check(String name) {
        return check(run(database.access(), promotion("P", "cases")), name);
    }

    private static CheckResult check(List<CheckResult> results, String name) {
        assertThat(results)
                .extracting(CheckResult::name)
                .doesNotHaveDuplicates()
                .contains(name);
        return results.stream()
                .filter(result -> result.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Runs the check, what breaks it, the check, what it says mends it, and the check again. */
    private static void breaksAndMends(String name, Result broken, String... breaking) {
        assertThat(check(name).result()).isEqualTo(Result.PASS);
        database.run(breaking);
        CheckResult found = check(name);
        assertThat(found.result()).as(found.toString()).isEqualTo(broken);
        database.run(found.sql().orElseThrow().split("; "));
        assertThat(check(name).result()).isEqualTo(Result.PASS);
    }

    @Test
    void aSoundSourcePassesBeforeAndAfterSetup() {
        List<CheckResult> before = run(database.access(), promotion("P", "cases"));
        assertThat(before)
                .filteredOn(result -> !result.name().equals("wal-retention"))
                .allMatch(result -> result.result() == Result.PASS);
        assertThat(check(before, "publication").detail()).contains("setup creates it");
        assertThat(check(before, "slot").detail()).contains("setup creates it");

        database.run(
                check(before, "publication").sql().orElseThrow(),
                check(before, "slot").sql().orElseThrow());
        List<CheckResult> after = run(database.access(), promotion("P", "cases"));
        assertThat(after)
                .filteredOn(result -> !result.name().equals("wal-retention"))
                .allMatch(
                        result -> result.result() == Result.PASS && result.sql().isEmpty());
    }

    @Test
    void aMissingTableStopsNoOtherCheck() {
        List<CheckResult> results = run(
                database.access(),
                promotion("GONE", "nope"),
                promotion("P", "cases"),
                promotion("BAD", new TableName("public", "cases"), "other", "nope"));

        assertThat(check(results, "table public.nope").result()).isEqualTo(Result.REFUSE);
        assertThat(check(results, "promotion GONE").result()).isEqualTo(Result.UNKNOWN);
        assertThat(check(results, "promotion P").result()).isEqualTo(Result.PASS);
        assertThat(check(results, "promotion BAD").detail()).contains("other").contains("nope");
        assertThat(check(results, "primary-key" + CASES).detail()).isEqualTo("id");
    }

    @Test
    void aViewIsRefusedAsTable() {
        database.run("CREATE VIEW seen AS SELECT * FROM cases");
        assertThat(check(run(database.access(), promotion("P", "seen")), "table public.seen")
                        .detail())
                .contains("is a view");
    }

    @ParameterizedTest
    @CsvSource({"DEFAULT,WARN", "NOTHING,REFUSE"})
    void aReplicaIdentityThatIsNotFullIsToldAndMended(String identity, Result result) {
        breaksAndMends("replica-identity" + CASES, result, "ALTER TABLE cases REPLICA IDENTITY " + identity);
    }

    @Test
    void anIdentityIndexWithoutTheKeyIsRefused() {
        breaksAndMends(
                "replica-identity" + CASES,
                Result.REFUSE,
                "ALTER TABLE cases ALTER other SET NOT NULL",
                "CREATE UNIQUE INDEX by_other ON cases (other)",
                "ALTER TABLE cases REPLICA IDENTITY USING INDEX by_other");
    }

    @Test
    void anIdentityIndexThatWasDroppedIsRefused() {
        breaksAndMends(
                "replica-identity" + CASES,
                Result.REFUSE,
                "CREATE UNIQUE INDEX by_id ON cases (id)",
                "ALTER TABLE cases REPLICA IDENTITY USING INDEX by_id",
                "DROP INDEX by_id");
    }

    @Test
    void aDeferrableKeyIsNoIdentity() {
        breaksAndMends(
                "replica-identity" + CASES,
                Result.REFUSE,
                "ALTER TABLE cases DROP CONSTRAINT cases_pkey, ADD PRIMARY KEY (id) DEFERRABLE,"
                        + " REPLICA IDENTITY DEFAULT");
    }

    @Test
    void eachLeafPartitionIsLookedAt() {
        database.run(
                "CREATE TABLE parted (id int PRIMARY KEY, metadata jsonb, priority text) PARTITION BY RANGE (id)",
                "CREATE TABLE leaf_1 PARTITION OF parted FOR VALUES FROM (0) TO (10)",
                "CREATE TABLE leaf_2 PARTITION OF parted FOR VALUES FROM (10) TO (20)",
                "ALTER TABLE leaf_1 REPLICA IDENTITY FULL",
                "ALTER TABLE parted REPLICA IDENTITY FULL");
        List<CheckResult> results = run(database.access(), promotion("P", "parted"));

        CheckResult warned = check(results, "replica-identity public.parted");
        assertThat(warned.result()).isEqualTo(Result.WARN);
        assertThat(warned.sql()).contains("ALTER TABLE \"public\".\"leaf_2\" REPLICA IDENTITY FULL");
    }

    @Test
    void anUnloggedTableIsRefused() {
        breaksAndMends("logged" + CASES, Result.REFUSE, "ALTER TABLE cases SET UNLOGGED");
    }

    @Test
    void aMissingKeyIsRefused() {
        assertThat(check("primary-key" + CASES).result()).isEqualTo(Result.PASS);
        database.run("ALTER TABLE cases DROP CONSTRAINT cases_pkey");
        assertThat(check("primary-key" + CASES).result()).isEqualTo(Result.REFUSE);
    }

    @Test
    void aGeneratedPromotedColumnIsRefused() {
        assertThat(check("promotion P").result()).isEqualTo(Result.PASS);
        database.run(
                "ALTER TABLE cases DROP priority",
                "ALTER TABLE cases ADD priority text GENERATED ALWAYS AS (metadata ->> 'priority') STORED");
        assertThat(check("promotion P").result()).isEqualTo(Result.REFUSE);
        assertThat(check("promotion P").detail()).contains("nothing to verify");
    }

    @Test
    void aPublicationOfOtherTablesOrOperationsIsRefusedAndMended() {
        breaksAndMends(
                "publication",
                Result.REFUSE,
                "CREATE TABLE stranger (id int PRIMARY KEY)",
                "CREATE PUBLICATION verifier_pub FOR TABLE stranger WITH (publish = 'insert')");
        assertThat(check("publication").detail()).contains("exactly");
    }

    @Test
    void aPublicationOfAllTablesIsRefusedAndMended() {
        breaksAndMends(
                "publication",
                Result.REFUSE,
                "CREATE PUBLICATION verifier_pub FOR ALL TABLES WITH (publish_via_partition_root = true)");
    }

    @Test
    void aPublicationWithARowFilterIsRefusedAndMended() {
        assumeThat(database.major()).isGreaterThanOrEqualTo(15);
        breaksAndMends(
                "publication",
                Result.REFUSE,
                "CREATE PUBLICATION verifier_pub FOR TABLE cases WHERE (id > 7)"
                        + " WITH (publish_via_partition_root = true)");
    }

    @Test
    void aColumnListUnderFullIdentityIsRefusedAndMendedBecauseTheApplicationWouldFail() {
        assumeThat(database.major()).isGreaterThanOrEqualTo(15);
        database.run(
                "INSERT INTO cases VALUES (1, '{}', 'x')",
                "CREATE PUBLICATION verifier_pub FOR TABLE cases (id, metadata, priority)"
                        + " WITH (publish_via_partition_root = true)");
        CheckResult refused = check("publication-columns" + CASES);

        assertThat(refused.result()).isEqualTo(Result.REFUSE);
        assertThat(update()).contains("42P10");
        database.run(refused.sql().orElseThrow().split("; "));
        assertThat(check("publication-columns" + CASES).result()).isEqualTo(Result.PASS);
        assertThat(update()).isEmpty();
    }

    @Test
    void aColumnListThatOmitsWhatWeReadIsRefused() {
        assumeThat(database.major()).isGreaterThanOrEqualTo(15);
        database.run(
                "ALTER TABLE cases REPLICA IDENTITY DEFAULT",
                "CREATE PUBLICATION verifier_pub FOR TABLE cases (id, metadata)"
                        + " WITH (publish_via_partition_root = true)");
        assertThat(check("publication-columns" + CASES).detail()).contains("needed columns priority");

        CheckResult identity = check("replica-identity" + CASES);
        assertThat(identity.result()).isEqualTo(Result.WARN);
        database.run("INSERT INTO cases VALUES (1, '{}', 'x')");
        database.run(identity.sql().orElseThrow().split("; "));
        assertThat(update()).as("what we advise never breaks the application").isEmpty();
    }

    /** The SQLSTATE of the application's UPDATE; empty if it succeeds. */
    private static String update() {
        return database.failure("UPDATE cases SET priority = priority");
    }

    @Test
    void fullIdentityWithAnUnpublishedGeneratedColumnIsRefusedAndMendedOn18() {
        database.run(
                "ALTER TABLE cases ADD computed text GENERATED ALWAYS AS (metadata ->> 'x') STORED",
                "INSERT INTO cases (id) VALUES (1)",
                "CREATE PUBLICATION verifier_pub FOR TABLE cases WITH (publish_via_partition_root = true)");
        CheckResult identity = check("replica-identity" + CASES);

        if (database.major() < 18) {
            assertThat(identity.result()).isEqualTo(Result.PASS);
            assertThat(update()).isEmpty();
            return;
        }
        assertThat(identity.result()).isEqualTo(Result.REFUSE);
        assertThat(update()).isEqualTo("42P10");
        database.run(identity.sql().orElseThrow().split("; "));
        assertThat(check("replica-identity" + CASES).result()).isEqualTo(Result.PASS);
        assertThat(update()).isEmpty();
    }

    @Test
    void fullIdentityWithAVirtualColumnIsRefusedOn18() {
        assumeThat(database.major()).isGreaterThanOrEqualTo(18);
        database.run(
                "ALTER TABLE cases ADD computed int GENERATED ALWAYS AS (id + 1) VIRTUAL",
                "INSERT INTO cases (id) VALUES (1)",
                "CREATE PUBLICATION verifier_pub FOR TABLE cases WITH (publish_via_partition_root = true)");
        CheckResult identity = check("replica-identity" + CASES);

        assertThat(identity.result()).isEqualTo(Result.REFUSE);
        assertThat(update()).isEqualTo("42P10");
        database.run(identity.sql().orElseThrow().split("; "));
        assertThat(update()).isEmpty();
        assertThat(check("replica-identity" + CASES).result()).isEqualTo(Result.WARN);
        assertThat(check("replica-identity" + CASES).sql()).isEmpty();
    }

    @Test
    void aSlotOfAnotherPluginIsRefusedAndMended() {
        String slot = "slot_" + database.name();
        breaksAndMends(
                "slot",
                Result.REFUSE,
                "CREATE PUBLICATION verifier_pub FOR TABLE cases WITH (publish_via_partition_root = true)",
                "SELECT pg_create_logical_replication_slot('" + slot + "', 'test_decoding')");
    }

    @Test
    void aSlotOfAnotherDatabaseIsRefused() {
        try (SourceDatabase other = new SourceDatabase()) {
            other.run(SlotSql.create("slot_" + database.name(), 150000));
            assertThat(check("slot").result()).isEqualTo(Result.REFUSE);
            assertThat(check("slot").detail()).contains("decodes database " + other.name());
        }
    }

    @Test
    void aSlotOlderThanThePublicationIsRefused() {
        database.run(SlotSql.create("slot_" + database.name(), 150000));
        assertThat(check("slot").detail()).contains("older than the publication");
        assertThat(check("slot").result()).isEqualTo(Result.REFUSE);
    }

    @Test
    void aLeastPrivilegedRoleIsToldWhatItLacksAndTheScriptGivesIt() {
        String role = "Least \"Role\" " + database.name();
        String quoted = "\"" + role.replace("\"", "\"\"") + "\"";
        database.run(
                "CREATE ROLE " + quoted + " LOGIN PASSWORD 'pw'",
                "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
                "GRANT USAGE ON SCHEMA public TO PUBLIC",
                "CREATE SCHEMA hidden",
                "CREATE TABLE hidden.items (id int PRIMARY KEY)");
        try {
            PostgresAccess access = database.access(role, "pw");
            RequestedPromotion referencing = new RequestedPromotion(
                    new PromotionId("P"),
                    new TableName("public", "cases"),
                    new DocumentPath("metadata", List.of("priority")),
                    "priority",
                    Optional.empty(),
                    Optional.of(new TableName("hidden", "items")));
            List<CheckResult> poor = run(access, referencing);
            assertThat(check(poor, "replication-role").result()).isEqualTo(Result.REFUSE);
            assertThat(check(poor, "select" + CASES).detail()).contains("lacks SELECT");
            assertThat(check(poor, "select hidden.items").detail())
                    .contains("USAGE")
                    .contains("SELECT");
            assertThat(check(poor, "publication-rights").detail()).contains("owner postgres");

            String script = DoctorSql.script(role, request(referencing), poor);
            for (String statement : script.replaceAll("(?m)^(--|\\\\).*$", "").split(";\n", -1)) {
                if (!statement.isBlank()) {
                    database.run(statement);
                }
            }

            List<CheckResult> rich = run(access, referencing);
            assertThat(rich)
                    .filteredOn(result -> !result.name().equals("wal-retention"))
                    .allMatch(result -> result.result() == Result.PASS);
        } finally {
            database.run("DROP OWNED BY " + quoted, "DROP ROLE " + quoted);
        }
    }

    @Test
    void membershipOfRdsReplicationCounts() {
        String role = "member_" + database.name();
        database.run("CREATE ROLE " + role + " LOGIN PASSWORD 'pw'", "CREATE ROLE rds_replication");
        try {
            PostgresAccess access = database.access(role, "pw");
            CheckResult refused = check(run(access, promotion("P", "cases")), "replication-role");
            assertThat(refused.result()).isEqualTo(Result.REFUSE);
            database.run(refused.sql().orElseThrow());
            assertThat(check(run(access, promotion("P", "cases")), "replication-role")
                            .result())
                    .isEqualTo(Result.PASS);
        } finally {
            database.run("DROP ROLE " + role, "DROP ROLE rds_replication");
        }
    }

    @Test
    void whatAPrivilegeHidesIsUnknown() {
        String role = "blind_" + database.name();
        database.run(
                "CREATE ROLE " + role + " LOGIN REPLICATION PASSWORD 'pw'",
                "REVOKE SELECT ON pg_catalog.pg_replication_slots, pg_catalog.pg_publication FROM PUBLIC");
        try {
            List<CheckResult> results = run(database.access(role, "pw"), promotion("P", "cases"));
            assertThat(check(results, "slot").result()).isEqualTo(Result.UNKNOWN);
            assertThat(check(results, "publication").result()).isEqualTo(Result.UNKNOWN);
            assertThat(check(results, "table" + CASES).result()).isEqualTo(Result.PASS);
            assertThat(check(results, "slot").detail()).contains("permission denied");
        } finally {
            database.run(
                    "GRANT SELECT ON pg_catalog.pg_replication_slots, pg_catalog.pg_publication TO PUBLIC",
                    "DROP ROLE " + role);
        }
    }

    @Test
    void aRetentionLimitPassesAndNoneWarns() {
        CheckResult warned = check("wal-retention");
        assertThat(warned.result()).isEqualTo(Result.WARN);
        database.run(warned.sql().orElseThrow().split("; "));
        try {
            Awaitility.await().until(() -> check("wal-retention").result() == Result.PASS);
        } finally {
            database.run("ALTER SYSTEM RESET max_slot_wal_keep_size", "SELECT pg_reload_conf()");
        }
    }

    @Test
    void anIdleTimeoutWarnsOn18() {
        assertThat(check("idle-slot-timeout").result()).isEqualTo(Result.PASS);
        assumeThat(database.major()).isGreaterThanOrEqualTo(18);
        database.run("ALTER SYSTEM SET idle_replication_slot_timeout = '2d'", "SELECT pg_reload_conf()");
        try {
            Awaitility.await().until(() -> check("idle-slot-timeout").detail().contains("is 2d"));
        } finally {
            database.run("ALTER SYSTEM RESET idle_replication_slot_timeout", "SELECT pg_reload_conf()");
        }
    }

    @Test
    void namesThatPrintAlikeAreRefused() {
        database.run(
                "CREATE SCHEMA \"a.b\"",
                "CREATE SCHEMA a",
                "CREATE TABLE \"a.b\".c (id int PRIMARY KEY, metadata jsonb, priority text)",
                "CREATE TABLE a.\"b.c\" (id int PRIMARY KEY, metadata jsonb, priority text)");
        List<CheckResult> results = Preflight.run(
                database.access(),
                request(
                        promotion("P1", new TableName("a.b", "c"), "metadata", "priority"),
                        promotion("P2", new TableName("a", "b.c"), "metadata", "priority")),
                Set.of());
        assertThat(results)
                .filteredOn(result -> result.name().equals("table-names"))
                .singleElement()
                .satisfies(result -> assertThat(result.result()).isEqualTo(Result.REFUSE));
    }
}
