package io.promotionverifier.postgres.preflight.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.promotion.DocumentPath;
import io.promotionverifier.core.promotion.Phase;
import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.postgres.catalog.RequestedPromotion;
import io.promotionverifier.postgres.catalog.RowFilters;
import io.promotionverifier.postgres.catalog.Screening;
import io.promotionverifier.postgres.preflight.check.CheckResult.Result;
import io.promotionverifier.postgres.preflight.facts.Fact;
import io.promotionverifier.postgres.preflight.facts.KnownSlot;
import io.promotionverifier.postgres.preflight.facts.OpenTransaction;
import io.promotionverifier.postgres.preflight.facts.Platform;
import io.promotionverifier.postgres.preflight.facts.PreflightFacts;
import io.promotionverifier.postgres.preflight.facts.RoleFacts;
import io.promotionverifier.postgres.preflight.facts.Route;
import io.promotionverifier.postgres.preflight.facts.ServerFacts;
import io.promotionverifier.postgres.preflight.facts.ServerFacts.Setting;
import io.promotionverifier.postgres.preflight.facts.WalRate;
import io.promotionverifier.postgres.slot.CaptureRequest;
import io.promotionverifier.postgres.slot.SlotState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a check makes of a fact that no test server shows. */
class JudgementsTest {
    private static final long GIGABYTE = 1L << 30;
    private static final Route DIRECT = new Route(7, 7, false, Optional.empty());

    private final Map<String, Setting> settings = new TreeMap<>(Map.of(
            "max_slot_wal_keep_size", new Setting("50GB", "51200"),
            "wal_sender_timeout", new Setting("1min", "60000"),
            "wal_level", new Setting("replica", "replica")));
    private CaptureRequest request = new CaptureRequest("ours", "p", List.of());
    private int version = 180006;
    private Platform platform = Platform.OWN;
    private Fact<WalRate> wal = new Fact.Hidden<>("hidden");
    private Route route = DIRECT;
    private List<OpenTransaction> transactions = List.of();
    private List<KnownSlot> slots = List.of();
    private Optional<SlotState> slot = Optional.empty();
    private RoleFacts role = new RoleFacts("r", false, true, false, true, -1, 1, List.of());

    private CheckResult judge(Check check) {
        PreflightFacts facts = new PreflightFacts(
                request,
                Set.of(),
                new Fact.Known<>(new ServerFacts(version, platform, false, "d", settings, slots.size(), 0)),
                new Fact.Known<>(role),
                new Fact.Known<>(Map.of()),
                new Fact.Known<>(Optional.empty()),
                new Fact.Known<>(Map.of()),
                new Fact.Known<>(slot),
                new Fact.Known<>(slots),
                wal,
                new Fact.Known<>(transactions),
                new Fact.Known<>(route),
                new Fact.Known<>(List.of()),
                new Fact.Known<>(RowFilters.NONE));
        List<CheckResult> results = check.examine(facts);
        assertThat(results).hasSize(1);
        assertThat(results.get(0).name()).startsWith(check.name());
        return results.get(0);
    }

    private void is(Check check, Result result, String... words) {
        CheckResult found = judge(check);
        assertThat(found.result()).as(found.toString()).isEqualTo(result);
        for (String word : words) {
            assertThat(found.detail()).contains(word);
        }
    }

    @Test
    void aServerWithoutRowFiltersCannotCompareFirst() {
        RequestedPromotion screened = new RequestedPromotion(
                new PromotionId("P"),
                new TableName("public", "cases"),
                new DocumentPath("metadata", List.of("priority")),
                "priority",
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Screening(Phase.B, Optional.empty())));
        request = new CaptureRequest("ours", "p", List.of(screened));
        version = 140022;
        is(new SuspectsCheck(), Result.REFUSE, "PostgreSQL 14", "capture: all");
    }

    @Test
    void aTransactionPoolerIsRefusedAndAProxyTold() {
        is(new RouteCheck(), Result.PASS);
        route = new Route(1, 7, true, Optional.empty());
        is(new RouteCheck(), Result.REFUSE, "transaction pooler");
        route = new Route(1, 7, false, Optional.empty());
        is(new RouteCheck(), Result.WARN, "proxy");
        route = new Route(7, 7, false, Optional.of(new Route.Refusal("08P01", "unsupported startup parameter")));
        is(new RouteCheck(), Result.REFUSE, "unsupported startup parameter");
    }

    @Test
    void aReplicationConnectionThatCannotBeTriedIsUnknown() {
        route = new Route(7, 7, false, Optional.of(new Route.Refusal("53300", "too many")));
        is(new RouteCheck(), Result.UNKNOWN, "free-wal-senders");
        route = new Route(7, 7, false, Optional.of(new Route.Refusal("42501", "no")));
        is(new RouteCheck(), Result.UNKNOWN, "replication-role");
    }

    @Test
    void aRetentionLimitIsHeldAgainstTheMeasuredRate() {
        is(new WalRetentionCheck(), Result.PASS, "UNKNOWN");
        wal = new Fact.Known<>(new WalRate(10.0 * GIGABYTE, Duration.ofHours(10)));
        is(new WalRetentionCheck(), Result.PASS, "1.0 GB an hour", "50 hours");
        wal = new Fact.Known<>(new WalRate(100.0 * GIGABYTE, Duration.ofHours(10)));
        is(new WalRetentionCheck(), Result.WARN, "10.0 GB an hour", "5 hours");
        settings.put("max_slot_wal_keep_size", new Setting("-1", "-1"));
        is(new WalRetentionCheck(), Result.WARN, "5 hours", "UNKNOWN, SQL does not tell");
        wal = new Fact.Known<>(new WalRate(100.0 * GIGABYTE, Duration.ofMinutes(1)));
        is(new WalRetentionCheck(), Result.WARN, "for how many hours is UNKNOWN");
    }

    @Test
    void anOldTransactionWarnsAndAHiddenAgeIsUnknown() {
        is(new OldestTransactionCheck(), Result.PASS, "none");
        transactions = List.of(new OpenTransaction("pid 1", OptionalLong.of(3), Optional.empty()));
        is(new OldestTransactionCheck(), Result.PASS, "3 s");
        transactions = List.of(
                new OpenTransaction("pid 1", OptionalLong.of(3), Optional.empty()),
                new OpenTransaction("pid 2", OptionalLong.empty(), Optional.empty()));
        is(new OldestTransactionCheck(), Result.UNKNOWN, "pid 2");
        assertThat(judge(new OldestTransactionCheck()).sql()).contains("GRANT pg_read_all_stats TO \"r\"");
        transactions = List.of(new OpenTransaction("pid 3", OptionalLong.of(90), Optional.of("SELECT 1")));
        is(new OldestTransactionCheck(), Result.WARN, "pid 3", "90 s");
        assertThat(judge(new OldestTransactionCheck()).sql()).contains("SELECT 1");
    }

    @Test
    void aLogicalSlotAmongTheStandbysIsRefusedAndTakenOut() {
        is(new StandbySlotsCheck(), Result.PASS);
        slots = List.of(new KnownSlot("standby", false, false, true), new KnownSlot("other", true, false, true));
        settings.put("synchronized_standby_slots", new Setting("standby, other, \"ours\"", ""));
        is(new StandbySlotsCheck(), Result.REFUSE, "other, ours");
        assertThat(judge(new StandbySlotsCheck()).sql())
                .contains("ALTER SYSTEM SET synchronized_standby_slots = 'standby'; SELECT pg_reload_conf()");
        settings.put("synchronized_standby_slots", new Setting("gone", ""));
        is(new StandbySlotsCheck(), Result.WARN, "gone");
        settings.put("synchronized_standby_slots", new Setting("standby", ""));
        is(new StandbySlotsCheck(), Result.PASS, "standby");
    }

    @Test
    void aSlotThatNoStandbyCopiesIsTold() {
        is(new FailoverSlotCheck(), Result.PASS, "setup");
        slots = List.of(new KnownSlot("ours", true, false, false));
        is(new FailoverSlotCheck(), Result.WARN, "coverage gap");
        slots = List.of(new KnownSlot("ours", true, true, false));
        is(new FailoverSlotCheck(), Result.PASS);
        version = 150018;
        is(new FailoverSlotCheck(), Result.PASS, "no standby");
        slots = List.of(new KnownSlot("standby", false, false, true));
        is(new FailoverSlotCheck(), Result.WARN, "PostgreSQL 15");
    }

    private void keeps(long retained, OptionalLong safe, String status) {
        slot = Optional.of(new SlotState(
                "ours",
                new SlotState.Form(Optional.of("pgoutput"), Optional.of("d"), false),
                Optional.empty(),
                new SlotState.Positions(
                        Optional.of(Lsn.parse("0/1")), Optional.empty(), Lsn.parse("0/2"), OptionalLong.of(retained)),
                new SlotState.Health(Optional.of(status), safe, Optional.empty())));
    }

    @Test
    void aSlotThatKeepsMoreThanHalfOfItsBudgetWarns() {
        is(new SlotBudgetCheck(), Result.PASS);
        keeps(GIGABYTE, OptionalLong.of(9 * GIGABYTE), "reserved");
        is(new SlotBudgetCheck(), Result.PASS, "1.0 GB", "9.0 GB");
        keeps(6 * GIGABYTE, OptionalLong.of(4 * GIGABYTE), "extended");
        is(new SlotBudgetCheck(), Result.WARN, "6.0 GB", "extended");
        keeps(6 * GIGABYTE, OptionalLong.empty(), "extended");
        is(new SlotBudgetCheck(), Result.WARN, "without a limit");
    }

    @Test
    void theSendersPatienceIsBoundedOnBothSides() {
        is(new SenderTimeoutCheck(), Result.PASS, "1min");
        for (String millis : List.of("0", "5000", "900000")) {
            settings.put("wal_sender_timeout", new Setting(millis + "ms", millis));
            is(new SenderTimeoutCheck(), Result.WARN, millis);
            assertThat(judge(new SenderTimeoutCheck()).sql())
                    .contains("ALTER ROLE \"r\" SET wal_sender_timeout = '60s'");
        }
    }

    @Test
    void aManagedServerIsToldWhereInsteadOfSqlThatItRefuses() {
        assertThat(judge(new WalLevelCheck()).sql()).contains("ALTER SYSTEM SET wal_level = 'logical'");
        platform = Platform.RDS;
        assertThat(judge(new WalLevelCheck()).sql().orElseThrow())
                .startsWith("-- ")
                .contains("rds.logical_replication = 1", "parameter group");
    }

    @Test
    void aRoleWithFewConnectionsOrFunctionsIsTold() {
        is(new ConnectionLimitCheck(), Result.PASS);
        is(new FunctionsCheck(), Result.PASS);
        role = new RoleFacts("r", false, true, false, true, 2, 1, List.of("pg_control_system()"));
        is(new ConnectionLimitCheck(), Result.WARN, "2");
        is(new FunctionsCheck(), Result.REFUSE, "pg_control_system()");
        assertThat(judge(new FunctionsCheck()).sql())
                .contains("GRANT EXECUTE ON FUNCTION pg_catalog.pg_control_system() TO \"r\"");
    }
}
