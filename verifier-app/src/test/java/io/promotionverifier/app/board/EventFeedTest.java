package io.promotionverifier.app.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EventFeedTest {
    private final EventFeed feed = new EventFeed();

    private static List<EventFeed.Event> events(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(number -> new EventFeed.Event("t", String.valueOf(number), "{}"))
                .toList();
    }

    private static List<String> drained(EventFeed.Listener listener) throws InterruptedException {
        List<String> ids = new ArrayList<>();
        for (Optional<EventFeed.Event> next = listener.next(0); next.isPresent(); next = listener.next(0)) {
            ids.add(next.orElseThrow().id());
        }
        return ids;
    }

    @Test
    void everyListenerHearsEveryEventInOrderFromItsBeginningOn() throws InterruptedException {
        feed.tell(events(0, 1));
        EventFeed.Listener first = feed.listen().orElseThrow();
        feed.tell(events(1, 3));
        EventFeed.Listener second = feed.listen().orElseThrow();
        feed.tell(events(3, 4));

        assertThat(drained(first)).containsExactly("1", "2", "3");
        assertThat(drained(second)).containsExactly("3");
    }

    @Test
    void aListenerThatDoesNotKeepUpIsLetGoAndHearsNothingOutOfOrder() throws InterruptedException {
        EventFeed.Listener slow = feed.listen().orElseThrow();
        feed.tell(events(0, 20_000));

        assertThat(feed.isHeard()).isFalse();
        List<String> heard = drained(slow);
        assertThat(heard).startsWith("0", "1", "2");
        assertThat(heard).last().isEqualTo(String.valueOf(heard.size() - 1));
        assertThat(slow.isLost()).isTrue();
    }

    @Test
    void soManyMayListenAndNoMore() {
        IntStream.range(0, 32).forEach(each -> assertThat(feed.listen()).isPresent());

        assertThat(feed.listen()).isEmpty();
    }

    @Test
    void theEndOfTheFeedIsTheEndForAll() {
        EventFeed.Listener listener = feed.listen().orElseThrow();
        feed.close();

        assertThat(listener.isLost()).isTrue();
        assertThat(feed.listen()).isEmpty();
    }
}
