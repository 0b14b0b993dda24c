package io.promotionverifier.kafka.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promotionverifier.core.change.Moment;
import java.util.Optional;
import java.util.OptionalLong;

/** A moment of the stream; {@code tx} is null for a heartbeat. */
public final class MomentJson {
    private MomentJson() {}

    /** The moment as an object. */
    public static ObjectNode of(Moment moment) {
        ObjectNode node = Json.object().put("lsn", moment.lsn().toString());
        moment.transaction().ifPresentOrElse(tx -> node.put("tx", tx), () -> node.putNull("tx"));
        return node.put("commit_time", Json.time(moment.time()));
    }

    /**
     * Reads it back.
     *
     * @throws MalformedJsonException if the object is no moment
     */
    public static Moment parse(JsonNode node) {
        Optional<Long> transaction = Members.any(node, "tx", found -> Members.number(node, "tx"));
        return new Moment(
                Members.lsn(node, "lsn"),
                transaction.map(OptionalLong::of).orElseGet(OptionalLong::empty),
                Members.time(node, "commit_time"));
    }
}
