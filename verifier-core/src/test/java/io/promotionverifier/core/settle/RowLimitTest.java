package io.promotionverifier.core.settle;

import static io.promotionverifier.core.fixture.PromotionFixture.promotion;
import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.change.Moment;
import io.promotionverifier.core.change.Operation;
import io.promotionverifier.core.change.Origin;
import io.promotionverifier.core.change.Position;
import io.promotionverifier.core.change.Reading;
import io.promotionverifier.core.change.RowChange;
import io.promotionverifier.core.change.RowEvent;
import io.promotionverifier.core.compare.Comparator;
import io.promotionverifier.core.compare.MismatchKind;
import io.promotionverifier.core.compare.Sides;
import io.promotionverifier.core.compare.UnverifiableReason;
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
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Memory is bounded: a row that would be one too many is unverifiable, and all others stand. */
class RowLimitTest {
    private static final int LIMIT = 3;

    private final Promotion promotion = promotion("PROMO-001").build();
    private final Comparator comparator = new Comparator(promotion, ValueSeal.PLAIN);
    private final Breakdown breakdown = new Breakdown();
    private final Counters counters = new Counters(Counts.none(), breakdown);
    private final Room room = new Room(new Room.Size(LIMIT, Long.MAX_VALUE));
    private final Findings findings =
            new Findings(Duration.ofSeconds(30), FindingTotals.NONE, Latencies.Snapshot.NONE, breakdown, room);
    private final Settlement settlement = new Settlement(promotion, 1, counters, findings, room);
    private long order;

    private RowChange write(long id, String document) {
        Reading reading = Readings.reading("a", document);
        RowChange change = new RowChange(
                new RowEvent(
                        Operation.UPDATE,
                        PromotionFixture.CASES,
                        Optional.of(Readings.key(id)),
                        Optional.empty(),
                        Origin.LIVE,
                        Optional.empty(),
                        List.of(reading)),
                new Position(new Lsn(100), 1, order++, ScriptedSource.START),
                false);
        Sides sides = comparator.sides(reading);
        settlement.written(change, sides, comparator.judge(sides, Readings.key(id), ScriptedSource.START));
        return change;
    }

    @Test
    void rowsBeyondTheLimitAreUnverifiableAndKnownOnesGoOn() {
        for (long id = 0; id < 5; id++) {
            write(id, "b");
        }
        RowChange last = write(0, "c");
        settlement.committed(last.position().moment());

        assertThat(counters.counts().unverifiable()).containsEntry(UnverifiableReason.LIMIT, 2L);
        assertThat(counters.counts().mismatches()).isEqualTo(3);
        assertThat(counters.counts().superseded()).isEqualTo(1);
        assertThat(findings.openRows()).isEqualTo(LIMIT);

        RowChange next = write(9, "b");
        write(0, "a");
        settlement.committed(next.position().moment());
        assertThat(counters.counts().unverifiable()).containsEntry(UnverifiableReason.LIMIT, 3L);
        assertThat(findings.openRows()).isEqualTo(LIMIT - 1);
    }

    @Test
    void whatACensusFindsCountsAgainstTheLimitTogetherWithRowsThatAreNotYetCommitted() {
        RowChange change = write(0, "b");
        write(1, "b");
        Sides sides = comparator.sides(Readings.reading("a", "b"));
        Moment at = change.position().moment();

        assertThat(settlement.censused("first", Readings.key(7), MismatchKind.VALUE_DIFFERS, sides, at))
                .isPresent();
        assertThat(settlement.censused("second", Readings.key(8), MismatchKind.VALUE_DIFFERS, sides, at))
                .isEmpty();
        assertThat(findings.openRows()).isEqualTo(1);
    }
}
