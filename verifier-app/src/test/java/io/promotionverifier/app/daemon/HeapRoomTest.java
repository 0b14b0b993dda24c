package io.promotionverifier.app.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.settle.Room;
import org.junit.jupiter.api.Test;

/** Whatever the heap, there is room for some rows, and more heap has more room. */
class HeapRoomTest {
    private static final long MEGABYTE = 1 << 20;

    @Test
    void moreHeapHasMoreRoomAndTheSmallestHasSome() {
        assertThat(HeapRoom.of(16 * MEGABYTE).bytes()).isEqualTo(4 * MEGABYTE);
        assertThat(HeapRoom.of(172 * MEGABYTE).bytes()).isBetween(25 * MEGABYTE, 40 * MEGABYTE);
        assertThat(HeapRoom.of(512 * MEGABYTE).bytes()).isBetween(250 * MEGABYTE, 260 * MEGABYTE);
        assertThat(HeapRoom.of(512 * MEGABYTE).rows()).isEqualTo(Room.MOST_ROWS);
    }

    @Test
    void whatThisHeapHasWrittenItReadsBack() {
        assertThat(HeapRoom.mostBytes()).isGreaterThan(HeapRoom.size().bytes());
    }
}
