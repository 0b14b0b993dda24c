package io.promotionverifier.postgres.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LullTest {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final Lull lull = new Lull(nanos::get);

    private void pass(long millis) {
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    private long millis() {
        return TimeUnit.NANOSECONDS.toMillis(lull.nanos());
    }

    @Test
    void aYoungSilenceIsWatchedWithoutPause() {
        pass(7);
        assertThat(lull.nanos()).isZero();
    }

    @Test
    void theLongerTheSilenceTheLongerTheWaitUpToABound() {
        pass(80);
        assertThat(millis()).isEqualTo(10);
        pass(320);
        assertThat(millis()).isEqualTo(50);
        pass(600_000);
        assertThat(millis()).isEqualTo(64);
    }

    @Test
    void aMessageEndsIt() {
        pass(400);
        lull.ends();
        pass(1);
        assertThat(lull.nanos()).isZero();
    }
}
