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
    void eachWaitInVainMakesTheNextOneTwiceAsLongUpToAnEnd() throws InterruptedException {
        for (long millis : new long[] {1, 2, 4, 8, 16, 32, 64, 64}) {
            assertThat(news.patience()).isEqualTo(Duration.ofMillis(millis));
            news.await();
        }
    }

    @Test
    void newsMakeTheNextWaitShort() throws InterruptedException {
        news.await();
        news.heard();
        news.await();

        assertThat(news.patience()).isEqualTo(Duration.ofMillis(1));
    }
}
