package io.promotionverifier.topics.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.change.Lsn;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class BookmarksTest {
    private static final TopicPartition ROWS = new TopicPartition("rows", 0);
    private final Bookmarks bookmarks =
            new Bookmarks(new Lsn(5), Map.of("rows", "id-1"), Map.of(ROWS, new Bookmarks.Mark(0, 100)));

    private long offset(long watermark) {
        Position position = bookmarks.at(new Lsn(watermark));
        return position.topics().values().iterator().next().offsets().getOrDefault(0, -1L);
    }

    @Test
    void readingGoesOnAtTheFirstRecordOfTheFirstTransactionThatIsNotDurable() {
        bookmarks.mark(ROWS, 10, 100);
        bookmarks.mark(ROWS, 20, 103);
        bookmarks.mark(ROWS, 20, 104);
        bookmarks.mark(ROWS, 30, 109);

        assertThat(offset(9)).isEqualTo(100);
        assertThat(offset(20)).isEqualTo(103);
        assertThat(offset(29)).isEqualTo(103);
        assertThat(offset(30)).isEqualTo(109);
        assertThat(offset(7)).isEqualTo(109);
    }

    @Test
    void thePositionSurvivesItsText() {
        bookmarks.mark(ROWS, 10, 101);
        Position position = bookmarks.at(new Lsn(10));

        assertThat(Position.parse(position.text())).isEqualTo(position);
        assertThat(position.from()).isEqualTo(new Lsn(5));
        assertThat(position.text())
                .isEqualTo(
                        "{\"from\":\"0/5\",\"topics\":{\"rows\":{\"id\":\"id-1\",\"offsets\":{\"0\":101},\"passed\":{\"0\":10}}}}");
    }
}
