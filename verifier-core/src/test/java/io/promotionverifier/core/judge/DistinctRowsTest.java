package io.promotionverifier.core.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.change.RowKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A window counts what lies in its slots, exact to one slot. */
class DistinctRowsTest {
    private static final Duration DAY = Duration.ofHours(24);
    private static final Instant MIDNIGHT = Instant.parse("2025-01-16T00:00:00Z");

    private final DistinctRows rows = new DistinctRows(DAY);

    private static Instant hour(double hour) {
        return MIDNIGHT.plusSeconds(Math.round(hour * 3_600));
    }

    @Test
    void aRowCountsForTheWholeWindowButOneSlotAtMost() {
        rows.add(1, hour(0.5));

        assertThat(rows.count(hour(23.99))).isEqualTo(1);
        assertThat(rows.count(hour(24))).isZero();
    }

    @Test
    void aRowThatComesAgainStays() {
        rows.add(1, hour(0.5));
        rows.add(1, hour(10));

        assertThat(rows.count(hour(25))).isEqualTo(1);
        assertThat(rows.count(hour(33.99))).isEqualTo(1);
        assertThat(rows.count(hour(34))).isZero();
    }

    @Test
    void oneRowInManySlotsIsOneRow() {
        for (int hour = 0; hour < 20; hour++) {
            rows.add(7, hour(hour));
            rows.add(hour + 100, hour(hour));
        }
        assertThat(rows.count(hour(20))).isEqualTo(21);
    }

    @Test
    void aWindowTakenBackForgetsWhatItHadForgotten() {
        rows.add(1, hour(0));
        var early = rows.drainChanged();
        rows.add(2, hour(24));
        var late = rows.drainChanged();
        assertThat(late.values()).contains(Optional.empty());

        DistinctRows stale = new DistinctRows(DAY);
        late.forEach((slot, sketch) -> sketch.ifPresent(it -> stale.restore(slot, new DistinctSketch(it))));
        early.forEach((slot, sketch) -> sketch.ifPresent(it -> stale.restore(slot, new DistinctSketch(it))));
        assertThat(stale.count(hour(24))).isEqualTo(1);
    }

    @Test
    void onlySlotsThatChangedAreToldAgain() {
        rows.add(1, hour(0));
        rows.add(2, hour(5));
        assertThat(rows.drainChanged()).hasSize(2);

        rows.add(2, hour(5.1));
        assertThat(rows.drainChanged()).isEmpty();
        rows.add(3, hour(5.2));
        assertThat(rows.drainChanged()).hasSize(1);
    }

    @Test
    void keysThatDifferLittleHashFarApart() {
        Set<Long> registers = new HashSet<>();
        Set<Long> hashes = new HashSet<>();
        for (int id = 0; id < 100_000; id++) {
            long hash = DistinctRows.hash(new RowKey("{\"id\": " + id + "}"));
            hashes.add(hash);
            registers.add(hash >>> 52);
        }
        assertThat(hashes).hasSize(100_000);
        assertThat(registers).hasSize(4_096);
    }
}
