package io.promotionverifier.app.http;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The body of a health answer in the form of MicroProfile Health. */
final class HealthBody {
    private static final JsonMapper JSON = new JsonMapper();

    private HealthBody() {}

    static String of(String name, String state, String reason) {
        ObjectNode body = JSON.createObjectNode().put("status", state);
        ObjectNode check = body.putArray("checks").addObject().put("name", name).put("status", state);
        if (!reason.isEmpty()) {
            check.putObject("data").put("reason", reason);
        }
        return body.toString();
    }
}
