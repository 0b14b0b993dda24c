package io.promotionverifier.app.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.promotionverifier.core.judge.WriteLatency;
import io.promotionverifier.core.pipeline.Command;
import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.kafka.command.Order;
import io.promotionverifier.kafka.json.Json;
import io.promotionverifier.kafka.json.MalformedJsonException;
import io.promotionverifier.kafka.json.Members;
import io.promotionverifier.kafka.json.WriteLatencyJson;
import java.util.Map;
import java.util.Optional;

/**
 * The requests that change things. Each becomes a command in Kafka, as the command line sends it, and is answered with
 * its number before it has acted. Safe for use by many threads.
 */
final class OrderPages {
    private static final int ACCEPTED = 202;
    private static final int MALFORMED = 400;
    private static final int NOT_FOUND = 404;

    private final Guard guard;
    private final OrderDesk desk;

    OrderPages(Guard guard, OrderDesk desk) {
        this.guard = guard;
        this.desk = desk;
    }

    void take(Context context, Command.Kind kind) {
        guard.requireAuthority(context);
        String promotion = context.pathParam("id");
        if (!desk.knows(promotion)) {
            throw new RefusedException(NOT_FOUND, "no such promotion");
        }
        long number = desk.send(order(kind, new PromotionId(promotion), guard.requireJson(context)));
        context.status(ACCEPTED).json(Map.of("command", Json.lower(kind), "promotion", promotion, "number", number));
    }

    private static Order order(Command.Kind kind, PromotionId promotion, byte[] body) {
        try {
            JsonNode node = Json.parse(body);
            if (kind != Command.Kind.WRITE_LATENCY) {
                return new Order(kind, promotion, said(node, "reason"), said(node, "by"));
            }
            Optional<WriteLatency> latency = Optional.of(WriteLatencyJson.told(node));
            String reason = Members.anyText(node, "reason").orElse("measured by the application");
            return new Order(
                    kind, promotion, reason, Members.anyText(node, "by").orElse("unknown"), latency);
        } catch (MalformedJsonException malformed) {
            throw new RefusedException(MALFORMED, String.valueOf(malformed.getMessage()));
        }
    }

    private static String said(JsonNode node, String name) {
        String text = Members.text(node, name).strip();
        if (text.isEmpty()) {
            throw new RefusedException(MALFORMED, "member \"" + name + "\" is empty");
        }
        return text;
    }
}
