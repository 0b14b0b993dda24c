package io.promotionverifier.core.settle;

import static io.promotionverifier.core.fixture.PromotionFixture.promotion;
import static io.promotionverifier.core.fixture.Readings.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.change.Moment;
import io.promotionverifier.core.change.Operation;
import io.promotionverifier.core.change.Origin;
import io.promotionverifier.core.change.Position;
import io.promotionverifier.core.change.Reading;
import io.promotionverifier.core.change.RowChange;
import io.promotionverifier.core.change.RowEvent;
import io.promotionverifier.core.change.RowKey;
import io.promotionverifier.core.compare.Comparator;
import io.promotionverifier.core.compare.Sides;
import io.promotionverifier.core.compare.ValueSeal;
import io.promotionverifier.core.fixture.PromotionFixture;
import io.promotionverifier.core.fixture.Readings;
import io.promotionverifier.core.fixture.ScriptedSource;
import io.promotionverifier.core.ledger.Breakdown;
import io.promotionverifier.core.ledger.Counters;
import io.promotionverifier.core.ledger.Counts;
import io.promotionverifier.core.ledger.Latencies;
import io.promotionverifier.core.promotion.Promotion;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What a checkpoint is told of the rows, inside a transaction and after it, and how a transaction is given up. */
class SettlementLawsTest {
    private static final int REMEMBERED_ROWS = 1;
    private static final Moment COMMIT = new Moment(new Lsn(900), OptionalLong.of(1), ScriptedSource.second(5));

    private final Promotion promotion = promotion("PROMO-001").build();
    private final Comparator comparator = new Comparator(promotion, ValueSeal.PLAIN);
    private final Breakdown breakdown = new Breakdown();
    private final Counters counters = new Counters(Counts.none(), breakdown);
    private final Room room = new Room(Room.Size.LARGEST);
    private final Findings findings = new Findings(
            Duration.ofSeconds(30),
            FindingTotals.NONE,
            Latencies.Snapshot.NONE,
            breakdown,
            room,
            new PastEpisodes(REMEMBERED_ROWS));
    private final Settlement settlement = new Settlement(promotion, 1, counters, findings, room);
    private long order;

    private void write(Optional<RowKey> oldKey, long id, String document) {
        Reading reading = Readings.reading("a", document);
        RowEvent event = new RowEvent(
                Operation.UPDATE,
                PromotionFixture.CASES,
                Optional.of(key(id)),
                oldKey,
                Origin.LIVE,
                Optional.empty(),
                List.of(reading));
        Position position = new Position(new Lsn(100), 1, order++, ScriptedSource.START);
        Sides sides = comparator.sides(reading);
        settlement.written(
                new RowChange(event, position, false), sides, comparator.judge(sides, key(id), ScriptedSource.START));
    }

    private void write(long id, String document) {
        write(Optional.empty(), id, document);
    }

    private void rekey(long old, long id, String document) {
        write(Optional.of(key(old)), id, document);
    }

    private static Map<RowKey, Optional<RowRecord>> drained(Settlement settlement) {
        Map<RowKey, Optional<RowRecord>> told = new LinkedHashMap<>();
        settlement.drainChanged(told::put);
        return told;
    }

    @Test
    void aRowThatMovesInsideItsTransactionLeavesNothingUnderItsOldKey() {
        write(1, "b");
        assertThat(drained(settlement)).containsOnlyKeys(key(1));

        rekey(1, 2, "b");
        Map<RowKey, Optional<RowRecord>> told = drained(settlement);
        assertThat(told)
                .containsOnlyKeys(key(1), key(2))
                .containsEntry(key(1), Optional.empty())
                .hasEntrySatisfying(
                        key(2), row -> assertThat(row.orElseThrow().touched()).isPresent());
    }

    @Test
    void whatACheckpointWasToldIsNotToldAgainUntilItChanges() {
        write(1, "b");
        write(2, "b");
        settlement.committed(COMMIT);
        assertThat(drained(settlement)).containsOnlyKeys(key(1), key(2));
        assertThat(drained(settlement)).isEmpty();

        write(2, "a");
        assertThat(drained(settlement)).containsOnlyKeys(key(2));
        assertThat(drained(settlement)).isEmpty();
    }

    @Test
    void whatWasTakenBackFromACheckpointIsNotToldAgain() {
        write(1, "b");
        settlement.committed(COMMIT);
        rekey(1, 2, "b");
        Map<RowKey, Optional<RowRecord>> told = drained(settlement);

        Settlement heir = new Settlement(
                promotion,
                1,
                new Counters(counters.counts(), new Breakdown()),
                new Findings(Duration.ofSeconds(30), findings.totals(), findings.latencies(), new Breakdown(), room),
                room);
        told.forEach((key, row) -> heir.restore(key, row.orElseThrow()));
        assertThat(drained(heir)).isEmpty();
    }

    @Test
    void aTransactionGivenUpLeavesFindingsAndCountsAsTheyWere() {
        write(1, "b");
        settlement.committed(COMMIT);
        Counts before = counters.counts();
        drained(settlement);

        rekey(1, 2, "b");
        write(3, "b");
        settlement.abandon();
        assertThat(settlement.committed(COMMIT)).isEqualTo(Commit.NOTHING);
        assertThat(counters.counts()).isEqualTo(before);
        assertThat(drained(settlement)).containsEntry(key(2), Optional.empty()).containsEntry(key(3), Optional.empty());

        write(1, "a");
        assertThat(settlement.committed(COMMIT).turns())
                .extracting(turn -> turn.finding().state())
                .containsExactly(FindingState.CONVERGED);
    }

    private void endAnEpisode(long id) {
        write(id, "b");
        settlement.committed(COMMIT);
        write(id, "a");
        settlement.committed(COMMIT);
    }

    @Test
    void aRowWhoseEpisodesAreForgottenIsForgottenInTheStateToo() {
        endAnEpisode(1);
        RowRecord once = new RowRecord(Optional.empty(), 1, Optional.empty());
        assertThat(drained(settlement)).containsExactly(Map.entry(key(1), Optional.of(once)));

        endAnEpisode(2);
        assertThat(drained(settlement))
                .containsOnly(Map.entry(key(1), Optional.empty()), Map.entry(key(2), Optional.of(once)));
    }
}
