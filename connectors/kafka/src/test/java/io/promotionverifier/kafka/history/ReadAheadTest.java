package io.promotionverifier.kafka.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReadAheadTest {
    private static final int MANY = 10_000;

    private static void count(int to, Predicate<Integer> each) {
        for (int i = 0; i < to; i++) {
            if (!each.test(i)) {
                return;
            }
        }
    }

    private static List<Integer> upTo(int end) {
        return IntStream.range(0, end).boxed().toList();
    }

    @Test
    void allIsTakenInOrder() {
        List<Integer> taken = new ArrayList<>();
        try (ReadAhead<Integer> ahead = new ReadAhead<>("test", each -> count(MANY, each))) {
            ahead.takeWhile(taken::add);
        }
        assertThat(taken).isEqualTo(upTo(MANY));
    }

    @Test
    void whoTakesNoMoreEndsTheReading() {
        AtomicInteger read = new AtomicInteger();
        List<Integer> taken = new ArrayList<>();
        ReadAhead.Reading<Integer> endless = each -> {
            while (each.test(read.getAndIncrement())) {
                // for ever
            }
        };
        try (ReadAhead<Integer> ahead = new ReadAhead<>("test", endless)) {
            ahead.takeWhile(next -> {
                taken.add(next);
                return taken.size() < 700;
            });
        }
        assertThat(taken).isEqualTo(upTo(700));
    }

    @Test
    void aFailureComesBehindAllThatWasReadBefore() {
        List<Integer> taken = new ArrayList<>();
        ReadAhead.Reading<Integer> failing = each -> {
            count(700, each);
            throw new IllegalArgumentException("a hole");
        };
        try (ReadAhead<Integer> ahead = new ReadAhead<>("test", failing)) {
            assertThatThrownBy(() -> ahead.takeWhile(taken::add))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a hole");
        }
        assertThat(taken).isEqualTo(upTo(700));
    }

    @Test
    void aFailureBehindTheEndThatIsWantedIsNobodysBusiness() {
        List<Integer> taken = new ArrayList<>();
        ReadAhead.Reading<Integer> failing = each -> {
            count(700, each);
            throw new IllegalArgumentException("a hole");
        };
        try (ReadAhead<Integer> ahead = new ReadAhead<>("test", failing)) {
            ahead.takeWhile(next -> {
                taken.add(next);
                return taken.size() < 650;
            });
        }
        assertThat(taken).isEqualTo(upTo(650));
    }
}
