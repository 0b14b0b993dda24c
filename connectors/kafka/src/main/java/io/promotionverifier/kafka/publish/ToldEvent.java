package io.promotionverifier.kafka.publish;

import io.promotionverifier.core.pipeline.Effect;
import io.promotionverifier.core.pipeline.PromotionStatus;
import io.promotionverifier.kafka.client.EventHeaders;
import io.promotionverifier.kafka.json.EventType;
import io.promotionverifier.kafka.json.Lag;
import io.promotionverifier.kafka.json.StatusJson;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * An event as the topics carry it, for those who hear of it another way. Immutable.
 *
 * @param type its type
 * @param id its deterministic id, the same as in the topic
 * @param json its value
 */
public record ToldEvent(EventType type, String id, String json) {
    private static final EventRecords RECORDS = new EventRecords("", "", false);

    /** The event of an effect: a finding, an abort or the counters; absent for the history. */
    public static Optional<ToldEvent> of(Effect effect) {
        return RECORDS.of(effect).map(ToldEvent::of);
    }

    /**
     * The status of a promotion.
     *
     * @param sequence the number of the checkpoint that it was committed with
     */
    public static ToldEvent of(PromotionStatus status, Lag lag, long sequence) {
        return of(RECORDS.status(status, StatusJson.of(status, lag), sequence));
    }

    private static ToldEvent of(ProducerRecord<String, byte[]> record) {
        return new ToldEvent(
                EventHeaders.get(record.headers(), EventHeaders.TYPE)
                        .flatMap(EventType::of)
                        .orElseThrow(),
                EventHeaders.get(record.headers(), EventHeaders.ID).orElseThrow(),
                new String(record.value(), StandardCharsets.UTF_8));
    }
}
