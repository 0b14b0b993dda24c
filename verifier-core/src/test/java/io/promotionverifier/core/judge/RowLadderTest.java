package io.promotionverifier.core.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.change.RowKey;
import io.promotionverifier.core.fixture.Seeds;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A span counts what lies in its slots, exact to one slot, whatever was merged, forgotten or taken back meanwhile. */
class RowLadderTest {
    private static final Duration DAY = Duration.ofHours(24);
    private static final Instant MIDNIGHT = Instant.parse("2025-01-16T00:00:00Z");
    private static final List<Duration> SPANS =
            List.of(Duration.ofMinutes(5), Duration.ofHours(1), Duration.ofHours(6), DAY, Duration.ofDays(30));

    private final RowLadder rows = new RowLadder();

    private static Instant hour(double hour) {
        return MIDNIGHT.plusSeconds(Math.round(hour * 3_600));
    }

    private void add(long hash, Instant at) {
        rows.add(hash, at, at);
    }

    @Test
    void aRowCountsForTheWholeSpanButOneSlotAtMost() {
        add(1, hour(0.5));

        assertThat(rows.count(DAY, hour(23.99))).isEqualTo(1);
        assertThat(rows.count(DAY, hour(24))).isZero();
        assertThat(rows.countEver()).isEqualTo(1);
    }

    @Test
    void aRowThatComesAgainStays() {
        add(1, hour(0.5));
        add(1, hour(10));

        assertThat(rows.count(DAY, hour(25))).isEqualTo(1);
        assertThat(rows.count(DAY, hour(33.99))).isEqualTo(1);
        assertThat(rows.count(DAY, hour(34))).isZero();
    }

    @Test
    void oneRowInManySlotsIsOneRow() {
        for (int hour = 0; hour < 20; hour++) {
            add(7, hour(hour));
            add(hour + 100, hour(hour));
        }
        assertThat(rows.count(DAY, hour(20))).isEqualTo(21);
        assertThat(rows.countEver()).isEqualTo(21);
    }

    @Test
    void aRowToldLateCountsWhereItBelongs() {
        add(1, hour(9.5));
        rows.add(2, hour(9.5), hour(10.4));

        assertThat(rows.countInHour(Rung.HOUR.slot(hour(9.5)))).isEqualTo(2);
        assertThat(rows.countInHour(Rung.HOUR.slot(hour(10.4)))).isZero();
        assertThat(rows.count(DAY, hour(10.4))).isEqualTo(2);
        assertThat(rows.count(Duration.ofMinutes(5), hour(10.4))).isZero();
        assertThat(rows.countEver()).isEqualTo(2);
    }

    @Test
    void whatIsClearedCountsNowhere() {
        add(1, hour(0));
        add(2, hour(5));
        rows.clear();
        add(3, hour(5.1));

        assertThat(rows.countEver()).isEqualTo(1);
        assertThat(rows.count(DAY, hour(5.1))).isEqualTo(1);
    }

    @Test
    void onlySlotsThatChangedAreToldAgain() {
        add(1, hour(0));
        assertThat(rows.drainChanged()).hasSize(1);

        add(1, hour(0.001));
        assertThat(rows.drainChanged()).isEmpty();
        add(3, hour(0.002));
        assertThat(rows.drainChanged()).hasSize(1);
    }

    /** A row at a time, told at a time. */
    private record Told(long hash, Instant at) {}

    @Test
    void everySpanCountsLikeAListOfAllRowsThroughRestarts() {
        Seeds.each(60, RowLadderTest::countsLikeAList);
    }

    private static void countsLikeAList(long seed) {
        Random random = new Random(seed);
        RowLadder ladder = new RowLadder();
        Map<RowLadder.Place, DistinctSketch.Snapshot> durable = new HashMap<>();
        Set<Told> all = new HashSet<>();
        Instant now = MIDNIGHT;
        for (int step = 0; step < 400; step++) {
            now = now.plusMillis((long) (Math.pow(random.nextDouble(), 12) * 40 * 3_600_000));
            Instant at = random.nextInt(5) == 0 ? now.minusSeconds(random.nextInt(60)) : now;
            long hash = random.nextInt(300);
            ladder.add(hash, at, now);
            all.add(new Told(hash, at));
            if (random.nextInt(10) == 0) {
                ladder = restarted(ladder, durable, now);
            }
            if (random.nextInt(10) == 0) {
                compare(ladder, all, now);
            }
        }
    }

    private static RowLadder restarted(
            RowLadder ladder, Map<RowLadder.Place, DistinctSketch.Snapshot> durable, Instant now) {
        ladder.drainChanged()
                .forEach((place, sketch) ->
                        sketch.ifPresentOrElse(it -> durable.put(place, it), () -> durable.remove(place)));
        RowLadder again = new RowLadder();
        durable.forEach((place, sketch) -> again.restore(place, new DistinctSketch(sketch)));
        again.begin(now);
        return again;
    }

    private static void compare(RowLadder ladder, Set<Told> all, Instant now) {
        for (Duration span : SPANS) {
            Rung rung = Rung.serving(span);
            long first = rung.first(span, rung.slot(now));
            long expected = all.stream()
                    .filter(told -> rung.slot(told.at()) >= first)
                    .mapToLong(Told::hash)
                    .distinct()
                    .count();
            assertThat(ladder.count(span, now)).as("%s at %s", span, now).isEqualTo(expected);
        }
        assertThat(ladder.countEver())
                .as("ever at %s", now)
                .isEqualTo(all.stream().mapToLong(Told::hash).distinct().count());
        for (long hour = Rung.HOUR.slot(now) - 1; hour <= Rung.HOUR.slot(now); hour++) {
            long wanted = hour;
            assertThat(ladder.countInHour(hour))
                    .as("hour %d at %s", hour, now)
                    .isEqualTo(all.stream()
                            .filter(told -> Rung.HOUR.slot(told.at()) == wanted)
                            .mapToLong(Told::hash)
                            .distinct()
                            .count());
        }
    }

    @Test
    void aSlotPastItsTimeIsForgottenInTheStateToo() {
        add(1, hour(0));
        rows.drainChanged();
        add(2, hour(24));

        assertThat(rows.drainChanged().values()).contains(Optional.empty());
    }

    @Test
    void keysThatDifferLittleHashFarApart() {
        Set<Long> registers = new HashSet<>();
        Set<Long> hashes = new HashSet<>();
        for (int id = 0; id < 100_000; id++) {
            long hash = RowLadder.hash(new RowKey("{\"id\": " + id + "}"));
            hashes.add(hash);
            registers.add(hash >>> 52);
        }
        assertThat(hashes).hasSize(100_000);
        assertThat(registers).hasSize(4_096);
    }
}
