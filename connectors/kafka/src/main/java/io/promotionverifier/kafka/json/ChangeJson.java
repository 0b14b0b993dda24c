package io.promotionverifier.kafka.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.promotionverifier.core.change.Parent;
import io.promotionverifier.core.change.Position;
import io.promotionverifier.core.change.RowChange;
import io.promotionverifier.core.change.RowEvent;
import io.promotionverifier.core.change.RowKey;
import io.promotionverifier.core.compare.Sides;
import io.promotionverifier.core.pipeline.Effect;
import io.promotionverifier.core.promotion.PromotionId;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * A row change in the history, with both sides of each promotion as they were judged. It is printed without a tree:
 * nothing is printed more often; see ADR 0027.
 */
public final class ChangeJson {
    private ChangeJson() {}

    /** The change as UTF-8. */
    public static byte[] bytes(Effect.ChangeRecorded recorded) {
        return Json.bytes(out -> print(out, recorded));
    }

    private static void print(JsonGenerator out, Effect.ChangeRecorded recorded) throws IOException {
        RowChange change = recorded.change();
        RowEvent event = change.event();
        Position position = change.position();
        out.writeStartObject();
        out.writeStringField("op", Json.lower(event.operation()));
        out.writeStringField("table", event.table().toString());
        key(out, "key", event.key());
        out.writeStringField("lsn", position.lsn().toString());
        out.writeNumberField("tx", position.transaction());
        out.writeNumberField("order", position.order());
        out.writeBooleanField("last_of_tx", change.lastOfTransaction());
        out.writeStringField("commit_time", Json.time(position.commitTime()));
        key(out, "old_key", event.oldKey());
        out.writeStringField("origin", Json.lower(event.origin()));
        textOrNull(out, "writer", event.writer());
        out.writeObjectFieldStart("sides");
        for (Map.Entry<PromotionId, Sides> each : recorded.sides().entrySet()) {
            out.writeFieldName(each.getKey().value());
            print(out, each.getValue());
        }
        out.writeEndObject();
        out.writeEndObject();
    }

    /** The answer of a parent look-up is an input too: it is there when somebody asked. */
    static void print(JsonGenerator out, Sides sides) throws IOException {
        out.writeStartObject();
        out.writeFieldName("column");
        SideJson.print(out, sides.column(), sides.reread().column());
        out.writeFieldName("document");
        SideJson.print(out, sides.document(), sides.reread().document());
        if (sides.parent() != Parent.NOT_ASKED) {
            out.writeStringField("parent", Json.lower(sides.parent()));
        }
        out.writeEndObject();
    }

    /** Letter by letter as the source gave it. */
    private static void key(JsonGenerator out, String name, Optional<RowKey> key) throws IOException {
        out.writeFieldName(name);
        if (key.isPresent()) {
            out.writeRawValue(key.get().json());
        } else {
            out.writeNull();
        }
    }

    private static void textOrNull(JsonGenerator out, String name, Optional<String> text) throws IOException {
        if (text.isPresent()) {
            out.writeStringField(name, text.get());
        } else {
            out.writeNullField(name);
        }
    }
}
