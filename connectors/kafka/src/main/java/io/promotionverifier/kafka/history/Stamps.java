package io.promotionverifier.kafka.history;

import io.promotionverifier.kafka.client.EventHeaders;
import io.promotionverifier.kafka.json.EventType;
import io.promotionverifier.kafka.read.ReadEvent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What the headers of a record say: its type, its number and its checkpoint. Mostly type and checkpoint are those of
 * the record before, and are read once. Confined to one thread.
 */
final class Stamps {
    private byte[] typeText = new byte[0];
    private Optional<EventType> type = Optional.empty();
    private byte[] checkpointText = new byte[0];
    private long checkpoint;

    /** The type of a record; absent for one that we do not know. */
    Optional<EventType> type(ConsumerRecord<String, byte[]> found) {
        byte[] text = EventHeaders.bytes(found.headers(), EventHeaders.TYPE);
        if (!Arrays.equals(text, typeText)) {
            type = EventType.of(new String(text, StandardCharsets.UTF_8));
            typeText = text;
        }
        return type;
    }

    /** The number of the checkpoint that a record was committed with; 0 without. */
    long checkpoint(ConsumerRecord<String, byte[]> found) {
        byte[] text = EventHeaders.bytes(found.headers(), EventHeaders.CHECKPOINT);
        if (!Arrays.equals(text, checkpointText)) {
            checkpoint = ReadEvent.checkpoint(found);
            checkpointText = text;
        }
        return checkpoint;
    }

    /**
     * The number of a record among all.
     *
     * @throws NumberFormatException if it has none
     */
    static long number(ConsumerRecord<String, byte[]> found) {
        byte[] text = EventHeaders.bytes(found.headers(), EventHeaders.SEQUENCE);
        if (text.length == 0) {
            throw new NumberFormatException("no number");
        }
        long number = 0;
        for (byte digit : text) {
            if (digit < '0' || digit > '9') {
                throw new NumberFormatException("not a digit");
            }
            number = Math.addExact(Math.multiplyExact(number, 10L), digit - '0');
        }
        return number;
    }
}
