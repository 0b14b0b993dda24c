package io.promotionverifier.topics.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.topics.decode.Place;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MergeTest {
    private static final List<String> QUEUES = List.of("a", "b", "c");

    private final Merge<String, String> merge = new Merge<>(QUEUES);

    private static Place row(long lastCommit, long lsn) {
        return new Place(lastCommit, false, 0, lastCommit, lsn);
    }

    private List<String> released() {
        List<String> released = new ArrayList<>();
        merge.release(Integer.MAX_VALUE, released::add);
        return released;
    }

    @Test
    void nothingLeavesWhileAnotherQueueMayShowWhatComesBefore() {
        merge.add("a", row(10, 1), "a10", 1);
        merge.add("b", row(20, 1), "b20", 1);
        assertThat(released()).isEmpty();

        merge.passed("c", Place.ofMessage(15));
        assertThat(released()).containsExactly("a10");

        merge.passed("c", Place.ofMessage(30));
        assertThat(released()).isEmpty();
        merge.passed("a", Place.ofMessage(30));
        assertThat(released()).containsExactly("b20");
    }

    @Test
    void aMessageLeavesBeforeTheRowsThatNameItAsTheLastCommit() {
        merge.add("a", row(10, 1), "row", 1);
        merge.add("b", Place.ofMessage(10), "message", 1);
        QUEUES.forEach(queue -> merge.passed(queue, Place.ofMessage(20)));

        assertThat(released()).containsExactly("message", "row");
    }

    @Test
    void whatComesTooLateIsTold() {
        merge.add("a", row(10, 1), "a", 1);
        QUEUES.forEach(queue -> merge.passed(queue, Place.ofMessage(20)));
        assertThat(released()).containsExactly("a");

        assertThat(merge.add("b", row(9, 1), "late", 1)).isFalse();
        assertThat(merge.add("b", row(10, 2), "in time", 1)).isTrue();
    }

    @Test
    void whatWaitsIsWeighed() {
        merge.add("a", row(10, 1), "a", 7);
        merge.add("a", row(11, 1), "a", 5);
        assertThat(merge.waiting("a")).isEqualTo(2);
        assertThat(merge.weight("a")).isEqualTo(12);

        QUEUES.forEach(queue -> merge.passed(queue, Place.ofMessage(20)));
        released();
        assertThat(merge.waiting("a")).isZero();
        assertThat(merge.weight("a")).isZero();
    }

    @Test
    void howeverTheQueuesAreServedTheOrderIsTheSame() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            Merge<String, Long> mixed = new Merge<>(QUEUES);
            List<Deque<Long>> rest = List.of(new ArrayDeque<>(), new ArrayDeque<>(), new ArrayDeque<>());
            for (long i = 1; i <= 60; i++) {
                rest.get(random.nextInt(QUEUES.size())).add(i);
            }
            List<Long> released = new ArrayList<>();
            while (rest.stream().anyMatch(queue -> !queue.isEmpty())) {
                int which = random.nextInt(QUEUES.size());
                Long next = rest.get(which).poll();
                if (next != null) {
                    assertThat(mixed.add(QUEUES.get(which), row(next, next), next, 1))
                            .as("seed %d", seed)
                            .isTrue();
                }
                mixed.release(random.nextInt(4), released::add);
            }
            QUEUES.forEach(queue -> mixed.passed(queue, Place.ofMessage(100)));
            mixed.release(Integer.MAX_VALUE, released::add);
            assertThat(released).as("seed %d", seed).isSorted().hasSize(60);
        }
    }
}
