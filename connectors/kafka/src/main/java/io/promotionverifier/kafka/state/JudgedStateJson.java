package io.promotionverifier.kafka.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promotionverifier.core.judge.ApplicationLatency;
import io.promotionverifier.core.judge.ReportTrigger;
import io.promotionverifier.core.judge.WriteLatency;
import io.promotionverifier.core.judge.WriteLatency.Measure;
import io.promotionverifier.kafka.json.Json;
import io.promotionverifier.kafka.json.MalformedJsonException;
import io.promotionverifier.kafka.json.Members;
import io.promotionverifier.kafka.json.ReportJson;
import io.promotionverifier.kafka.json.WriteLatencyJson;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** What the triggers of an abort remember, as JSON. */
final class JudgedStateJson {
    private JudgedStateJson() {}

    static ObjectNode of(ApplicationLatency application) {
        ObjectNode node = Json.object();
        ObjectNode baseline = node.putObject("baseline");
        new TreeMap<>(application.baseline())
                .forEach((measure, value) -> baseline.put(Json.lower(measure), value.toString()));
        ObjectNode latest = node.putObject("latest");
        new TreeMap<>(application.latest())
                .forEach((measure, figure) -> latest.set(Json.lower(measure), WriteLatencyJson.of(figure)));
        node.set("told", Json.timeOrNull(application.told()));
        return node;
    }

    static ApplicationLatency parseApplication(JsonNode node) {
        Map<Measure, Duration> baseline = new EnumMap<>(Measure.class);
        JsonNode before = Members.member(node, "baseline");
        Map<Measure, WriteLatency> latest = new EnumMap<>(Measure.class);
        JsonNode now = Members.member(node, "latest");
        for (Measure measure : Measure.values()) {
            String name = Json.lower(measure);
            Members.anyText(before, name).ifPresent(value -> baseline.put(measure, duration(value)));
            Members.any(now, name, WriteLatencyJson::parse).ifPresent(figure -> latest.put(measure, figure));
        }
        return new ApplicationLatency(baseline, latest, Members.anyTime(node, "told"));
    }

    private static Duration duration(String value) {
        try {
            return Duration.parse(value);
        } catch (java.time.DateTimeException malformed) {
            throw new MalformedJsonException("a baseline is no duration", malformed);
        }
    }

    static ObjectNode of(Map<String, ReportTrigger.Standing> reports) {
        ObjectNode node = Json.object();
        new TreeMap<>(reports).forEach((name, standing) -> {
            ObjectNode report = ReportJson.of(standing.latest());
            report.set("divergent_since", Json.timeOrNull(standing.divergentSince()));
            node.set(name, report);
        });
        return node;
    }

    static Map<String, ReportTrigger.Standing> parseReports(JsonNode node) {
        Map<String, ReportTrigger.Standing> reports = new HashMap<>();
        node.fieldNames().forEachRemaining(name -> {
            JsonNode report = Members.member(node, name);
            reports.put(
                    name,
                    new ReportTrigger.Standing(ReportJson.parse(report), Members.anyTime(report, "divergent_since")));
        });
        return reports;
    }
}
