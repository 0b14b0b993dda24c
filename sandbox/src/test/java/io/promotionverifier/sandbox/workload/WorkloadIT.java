package io.promotionverifier.sandbox.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.compare.MismatchKind;
import io.promotionverifier.sandbox.sample.InconsistentRow;
import io.promotionverifier.sandbox.sample.SampleDatabase;
import io.promotionverifier.sandbox.sample.SqlOracle;
import io.promotionverifier.sandbox.server.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The workload on a real server, judged by the server itself. */
final class WorkloadIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long SEED = 20_250_122;

    private SampleDatabase database;

    @BeforeEach
    void start() throws SQLException {
        database = SampleDatabase.start();
    }

    @AfterEach
    void stop() {
        database.close();
    }

    private WorkloadSettings settings(long seed) {
        EmbeddedPostgres server = database.server();
        return WorkloadSettings.of(server.jdbcUrl("postgres"), server.user(), server.password(), seed);
    }

    private Set<InconsistentRow> inconsistentRows() throws SQLException {
        try (Connection connection = database.connect()) {
            return SqlOracle.inconsistentRows(connection);
        }
    }

    private static Set<InconsistentRow> ledger(WorkloadSummary summary) {
        Set<InconsistentRow> rows = new HashSet<>();
        summary.faults().forEach(fault -> assertThat(rows.add(fault.row())).isTrue());
        return rows;
    }

    private static void awaitCommits(Workload workload, long commits) {
        await().atMost(PATIENCE)
                .until(() -> !workload.isRunning() || workload.summary().committed() >= commits);
    }

    @Test
    void aCleanWorkloadLeavesNoRowThatDisagreesAndCountsEveryCommittedChange() throws SQLException {
        database.run("""
                CREATE TABLE seen (name text);
                CREATE FUNCTION note() RETURNS trigger AS $$
                BEGIN INSERT INTO seen VALUES (TG_TABLE_NAME); RETURN NULL; END; $$ LANGUAGE plpgsql;
                CREATE TRIGGER note AFTER INSERT OR UPDATE OR DELETE ON nexus_cases FOR EACH ROW EXECUTE FUNCTION note();
                CREATE TRIGGER note AFTER INSERT OR UPDATE OR DELETE ON nexus_users FOR EACH ROW EXECUTE FUNCTION note();
                CREATE TRIGGER note AFTER INSERT OR UPDATE OR DELETE ON context_events FOR EACH ROW EXECUTE FUNCTION note();
                CREATE TRIGGER note AFTER INSERT OR UPDATE OR DELETE ON roadmap_items FOR EACH ROW EXECUTE FUNCTION note();
                CREATE TRIGGER note AFTER INSERT OR UPDATE OR DELETE ON workflow_history FOR EACH ROW EXECUTE FUNCTION note();
                """);
        Workload workload = Workload.start(settings(SEED).withRatePerSecond(1_000));
        awaitCommits(workload, 2_000);
        WorkloadSummary summary = workload.stop();
        assertThat(inconsistentRows()).isEmpty();
        assertThat(summary.faults()).isEmpty();
        assertThat(summary.splits()).isGreaterThan(50);
        assertThat(summary.shortestGap().orElseThrow()).isGreaterThanOrEqualTo(Duration.ofMillis(5));
        assertThat(summary.fkNulled()).isPositive();
        assertThat(summary.rolledBack()).isPositive();
        for (Map.Entry<TableName, Long> changed : summary.changed().entrySet()) {
            String seen = "SELECT count(*) FROM seen WHERE name = '"
                    + changed.getKey().name() + "'";
            assertThat(database.one(seen)).isEqualTo(changed.getValue().toString());
        }
    }

    @Test
    void aFaultyWorkloadLeavesExactlyItsLedgerAndTheNextOneLeavesThoseRowsAlone() throws SQLException {
        Workload workload = Workload.start(settings(SEED).withRatePerSecond(1_000));
        awaitCommits(workload, 300);
        assertThat(workload.summary().faults()).isEmpty();
        workload.setFaultRate(0.3);
        awaitCommits(workload, 2_500);
        WorkloadSummary summary = workload.stop();
        Set<InconsistentRow> ledger = ledger(summary);
        assertThat(inconsistentRows()).isEqualTo(ledger);
        assertThat(ledger).hasSizeGreaterThan(300);
        assertThat(summary.injectedByKind()).allSatisfy((kind, rows) -> {
            if (kind == MismatchKind.KEY_REAPPEARED) {
                assertThat(rows).isZero();
            } else {
                assertThat(rows).isPositive();
            }
        });

        Workload next =
                Workload.start(settings(SEED + 1).withRatePerSecond(1_000).withFaultRate(0.3));
        awaitCommits(next, 500);
        ledger.addAll(ledger(next.stop()));
        assertThat(inconsistentRows()).isEqualTo(ledger);
    }

    @Test
    void aServerThatGoesAwayAndComesBackCostsNeitherTheWorkloadNorTheLedger() throws SQLException {
        Workload workload =
                Workload.start(settings(SEED).withRatePerSecond(1_000).withFaultRate(0.2));
        awaitCommits(workload, 400);
        database.server().stopImmediate();
        database.server().restart();
        awaitCommits(workload, 1_000);
        WorkloadSummary summary = workload.stop();
        assertThat(summary.reconnects()).isPositive();
        assertThat(inconsistentRows()).isEqualTo(ledger(summary));
    }

    @Test
    void aStatementThatTheServerRefusesEndsTheWorkloadWithItsCause() throws SQLException {
        Workload workload = Workload.start(settings(SEED).withRatePerSecond(500));
        database.run("ALTER TABLE nexus_cases RENAME TO elsewhere");
        await().atMost(PATIENCE).until(() -> !workload.isRunning());
        assertThatThrownBy(workload::stop).isInstanceOf(WorkloadException.class).hasStackTraceContaining("nexus_cases");
    }
}
