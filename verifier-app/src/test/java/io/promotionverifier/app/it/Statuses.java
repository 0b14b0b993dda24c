package io.promotionverifier.app.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** What the promotions of an installation say, awaited. */
final class Statuses {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Installation verifier;

    Statuses(Installation verifier) {
        this.verifier = verifier;
    }

    /** Waits until every promotion fits. */
    Map<String, JsonNode> await(String what, Predicate<Map<String, JsonNode>> fits) {
        return Awaitility.await(what)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(300))
                .until(verifier::statuses, fits);
    }

    /** Waits until the only promotion fits. */
    JsonNode awaitOne(String what, Predicate<JsonNode> fits) {
        return Awaitility.await(what)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(300))
                .until(verifier::status, fits);
    }

    /** The status of one promotion. */
    static JsonNode of(Map<String, JsonNode> statuses, String promotion) {
        return Optional.ofNullable(statuses.get(promotion)).orElseThrow(() -> new AssertionError(promotion));
    }

    static boolean isBlind(JsonNode status) {
        return status.path("verdict").asText().equals("BLIND");
    }

    static String reason(JsonNode status) {
        return status.path("reason").asText();
    }

    static int changes(JsonNode status) {
        return status.at("/counts/changes").asInt();
    }

    /** The gaps that still stand. */
    static List<JsonNode> openGaps(JsonNode status) {
        List<JsonNode> open = new ArrayList<>();
        status.path("gaps").forEach(gap -> {
            if (gap.path("to").isNull()) {
                open.add(gap);
            }
        });
        return open;
    }
}
