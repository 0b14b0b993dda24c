package io.promotionverifier.postgres.preflight;

import static io.promotionverifier.postgres.SourceDatabase.promotion;
import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.postgres.SourceDatabase;
import io.promotionverifier.postgres.preflight.check.CheckResult;
import io.promotionverifier.postgres.preflight.check.CheckResult.Result;
import io.promotionverifier.postgres.slot.CaptureRequest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is looked at with the eyes of a role that may do little: its limits, its sight, the promoted column. */
class RoleAndColumnIT {
    private static SourceDatabase database;
    private static String role;

    @BeforeAll
    static void start() {
        database = new SourceDatabase();
        role = "modest_" + database.name();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void create() {
        database.run(
                "CREATE TABLE cases (id int PRIMARY KEY, metadata jsonb, priority text)",
                "ALTER TABLE cases REPLICA IDENTITY FULL",
                "CREATE ROLE " + role + " LOGIN REPLICATION PASSWORD 'pw'",
                "GRANT SELECT ON cases TO " + role,
                "GRANT USAGE ON SCHEMA public TO " + role);
    }

    @AfterEach
    void clear() {
        database.run("DROP OWNED BY " + role, "DROP ROLE " + role);
        database.clear();
    }

    private static CheckResult check(String name, PromotionId... cutOver) {
        List<CheckResult> results = Preflight.run(
                database.access(role, "pw"),
                new CaptureRequest("slot_" + database.name(), "verifier_pub", List.of(promotion("P", "cases"))),
                Set.of(cutOver));
        assertThat(results).extracting(result -> result.name().split(" ", 2)[0]).allMatch(Preflight.names()::contains);
        return results.stream()
                .filter(result -> result.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void breaksAndMends(String name, Result broken, String... breaking) {
        assertThat(check(name).result()).isEqualTo(Result.PASS);
        database.run(breaking);
        CheckResult found = check(name);
        assertThat(found.result()).as(found.toString()).isEqualTo(broken);
        database.run(found.sql().orElseThrow().split("; "));
        assertThat(check(name).result()).isEqualTo(Result.PASS);
    }

    @Test
    void aDefaultOfThePromotedColumnWarnsUntilTheDocumentIsGivenUp() {
        breaksAndMends("column-default P", Result.WARN, "ALTER TABLE cases ALTER priority SET DEFAULT 'low'");
        database.run("ALTER TABLE cases ALTER priority SET DEFAULT 'low'");
        assertThat(check("column-default P", new PromotionId("P")).result()).isEqualTo(Result.PASS);
    }

    @Test
    void aCheckWithNullInItsListRejectsNothingAndItsMendDoes() {
        breaksAndMends(
                "check-constraint P",
                Result.WARN,
                "ALTER TABLE cases ADD CONSTRAINT \"Known \"\"P\"\"\" CHECK (priority IN ('a, NULL::x', 'b', NULL))",
                "INSERT INTO cases VALUES (1, '{}', 'nonsense')",
                "DELETE FROM cases");
        assertThat(database.failure("INSERT INTO cases VALUES (1, '{}', 'nonsense')"))
                .isEqualTo("23514");
        assertThat(database.failure("INSERT INTO cases VALUES (1, '{}', NULL), (2, '{}', 'a, NULL::x')"))
                .isEmpty();
    }

    @Test
    void rowLevelSecurityIsRefusedWhateverItsPoliciesSay() {
        breaksAndMends(
                "row-security public.cases",
                Result.REFUSE,
                "ALTER TABLE cases ENABLE ROW LEVEL SECURITY",
                "CREATE POLICY wide ON cases USING (true)");
    }

    @Test
    void aFunctionTakenFromPublicIsRefused() {
        String function = "FUNCTION pg_catalog.pg_control_system()";
        try {
            breaksAndMends("functions", Result.REFUSE, "REVOKE EXECUTE ON " + function + " FROM PUBLIC");
        } finally {
            database.run("GRANT EXECUTE ON " + function + " TO PUBLIC");
        }
    }

    @Test
    void limitsOfTheRoleAreTold() {
        breaksAndMends("connection-limit", Result.WARN, "ALTER ROLE " + role + " CONNECTION LIMIT 4");
        breaksAndMends("wal-sender-timeout", Result.WARN, "ALTER ROLE " + role + " SET wal_sender_timeout = 0");
        breaksAndMends("idle-session-timeout", Result.WARN, "ALTER ROLE " + role + " SET idle_session_timeout = '1h'");
    }

    @Test
    void anotherRolesTransactionIsUnknownWhileItLastsAndSeenWithTheStatistics() throws SQLException {
        assertThat(check("oldest-transaction").result()).isEqualTo(Result.PASS);
        try (Connection application = database.connect();
                Statement statement = application.createStatement()) {
            application.setAutoCommit(false);
            statement.execute("INSERT INTO cases VALUES (1, '{}', 'a')");
            CheckResult hidden = check("oldest-transaction");
            assertThat(hidden.result()).isEqualTo(Result.UNKNOWN);
            database.run(hidden.sql().orElseThrow());
            Awaitility.await()
                    .until(() -> check("oldest-transaction").detail().startsWith("the oldest has been open for"));
            application.rollback();
        }
        Awaitility.await().until(() -> check("oldest-transaction").detail().equals("none stays open"));
    }

    @Test
    void theServerItselfIsReached() {
        assertThat(check("direct-connection").result()).isEqualTo(Result.PASS);
    }

    @Test
    void selectOnTheColumnsThatAreReadIsEnough() {
        database.run(
                "REVOKE SELECT ON cases FROM " + role,
                "GRANT SELECT (id, metadata, ctid, tableoid) ON cases TO " + role);
        assertThat(check("select public.cases").detail()).endsWith("lacks SELECT on priority, xmin");
        database.run("GRANT SELECT (priority, xmin) ON cases TO " + role);
        assertThat(check("select public.cases").detail()).contains("the columns that are needed");
    }
}
