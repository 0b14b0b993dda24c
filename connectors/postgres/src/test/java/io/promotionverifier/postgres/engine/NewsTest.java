package io.promotionverifier.postgres.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class NewsTest {
    private final News news = new News();

    @Test
    void eachWaitInVainMakesTheNextOneLonger() throws InterruptedException {
        for (int i = 0; i < 10; i++) {
            news.await();
        }
        long begin = System.nanoTime();
        news.await();

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofMillis(63));
    }
}
