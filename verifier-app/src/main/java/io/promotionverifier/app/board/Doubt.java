package io.promotionverifier.app.board;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Unknown is never shown as good: a status that nobody keeps up says nothing of now. Stateless. */
public final class Doubt {
    private Doubt() {}

    /** Makes a status BLIND, with the reason, and keeps what it said; an abort that was decided stands. */
    public static ObjectNode cast(ObjectNode status, String why) {
        if (!status.path("verdict").asText().equals("ABORT")) {
            String said = status.path("reason").asText();
            status.put("verdict", "BLIND").put("reason", why + "; it said: " + said);
        }
        return status;
    }
}
