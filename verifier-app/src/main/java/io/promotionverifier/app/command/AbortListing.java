package io.promotionverifier.app.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promotionverifier.app.cli.ExitCode;
import io.promotionverifier.app.cli.Invocation;
import io.promotionverifier.app.cli.OutputFormat;
import io.promotionverifier.app.config.VerifierConfig;
import io.promotionverifier.app.servers.KafkaServer;
import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.kafka.read.ReadEvent;
import io.promotionverifier.kafka.read.TopicReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code abort list}: every abort that was raised or cleared, in order. */
final class AbortListing {
    private AbortListing() {}

    static ExitCode show(Optional<PromotionId> promotion, Invocation invocation) {
        VerifierConfig config = invocation.config();
        promotion.ifPresent(id -> Status.requireKnown(config, id));
        List<ObjectNode> listed = new ArrayList<>();
        try (KafkaServer kafka = KafkaServer.visit(config)) {
            for (ReadEvent event : new TopicReader(Connections.of(config, kafka)).aborts()) {
                if (promotion.map(id -> id.value().equals(event.key())).orElse(true)) {
                    listed.add(event.value());
                }
            }
        }
        if (invocation.output() == OutputFormat.TEXT) {
            listed.forEach(abort -> invocation.print(line(abort)));
        } else {
            Printing.list(listed, invocation);
        }
        return ExitCode.OK;
    }

    private static String line(ObjectNode abort) {
        boolean cleared = abort.hasNonNull("cleared");
        return String.format(
                "%s  %-7s %-12s %-14s %s%s",
                abort.path(cleared ? "cleared" : "raised").asText(),
                cleared ? "cleared" : "raised",
                abort.path("promotion").asText(),
                abort.path("trigger").asText(),
                abort.path("reason").asText(),
                abort.path("by").isNull() ? "" : " (" + abort.path("by").asText() + ")");
    }
}
