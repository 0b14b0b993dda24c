package io.promotionverifier.kafka.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promotionverifier.core.judge.ApplicationLatency;
import io.promotionverifier.core.judge.WriteLatency.Measure;
import java.util.Optional;

/** What is known of the application's write latency, as JSON: null where nothing was told. */
final class ApplicationLatencyJson {
    private ApplicationLatencyJson() {}

    static ObjectNode of(ApplicationLatency application) {
        ObjectNode node = Json.object();
        for (Measure measure : Measure.values()) {
            String name = Json.lower(measure);
            node.set(
                    name + "_seconds",
                    Json.secondsOrNull(Optional.ofNullable(application.latest().get(measure))
                            .map(figure -> figure.value())));
            node.set(
                    "baseline_" + name + "_seconds",
                    Json.secondsOrNull(
                            Optional.ofNullable(application.baseline().get(measure))));
            application
                    .overBaseline(measure)
                    .ifPresentOrElse(
                            over -> node.put(name + "_over_baseline", over),
                            () -> node.putNull(name + "_over_baseline"));
        }
        node.set("told", Json.timeOrNull(application.told()));
        return node;
    }
}
