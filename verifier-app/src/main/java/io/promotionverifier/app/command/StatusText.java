package io.promotionverifier.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/** A status for people: the verdict first, then what it rests on. */
final class StatusText {
    private static final long SECONDS_PER_HOUR = 3_600;

    private StatusText() {}

    static List<String> lines(JsonNode status) {
        JsonNode counts = status.path("counts");
        JsonNode findings = status.path("findings");
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                "%-17s %s  %s  phase %s",
                status.path("verdict").asText(),
                status.path("promotion").asText(),
                status.path("table").asText(),
                status.path("phase").asText()));
        lines.add("  " + status.path("reason").asText());
        String crowd = status.at("/attribution/summary").asText("");
        if (!crowd.isEmpty()) {
            lines.add("  " + crowd);
        }
        lines.add("  changes " + counts.path("changes").asLong() + ": matched "
                + counts.path("matched").asLong() + ", absent "
                + counts.path("absent").asLong() + ", mismatched "
                + counts.path("mismatched").asLong() + ", superseded "
                + counts.path("superseded").asLong() + ", explained "
                + counts.path("explained").asLong()
                + ", unverifiable " + counts.path("unverifiable").asLong() + ", skipped "
                + counts.path("skipped").asLong());
        estimate(status.path("estimated"), lines);
        lines.add("  findings: suspected " + findings.path("suspected").asLong() + ", confirmed "
                + findings.path("confirmed").asLong() + " open; converged "
                + findings.path("converged").asLong() + ", resolved "
                + findings.path("resolved").asLong());
        kinds(status.path("kinds"), lines);
        rates(status.path("rates"), lines);
        latency(status.path("dual_write_latency"), lines);
        census(status, lines);
        lines.add("  position " + status.path("position").path("lsn").asText() + " ("
                + status.path("position").path("commit_time").asText("no commit seen") + ")");
        return lines;
    }

    private static void rates(JsonNode rates, List<String> lines) {
        JsonNode window = rates.path("window");
        JsonNode state = rates.path("state");
        lines.add("  rates: window " + percent(window.path("value")) + " ("
                + window.path("confirmed_rows").asLong() + " of "
                + (window.path("estimated").asBoolean() ? "about " : "")
                + window.path("settled_rows").asLong()
                + (window.path("estimated").asBoolean() ? " row versions in " : " rows in ")
                + window.path("over_seconds").asLong() / SECONDS_PER_HOUR + " h; 95 % sure: below "
                + percent(window.path("upper_bound")) + "; at worst " + percent(window.path("worst"))
                + "), state " + percent(state.path("value")) + " ("
                + state.path("open_rows").asLong() + " of " + state.path("rows").asText("unknown") + " rows, counted)");
    }

    private static void estimate(JsonNode estimate, List<String> lines) {
        if (estimate.isObject()) {
            lines.add("  the server sends suspects only: about "
                    + estimate.path("changes").asLong()
                    + " changes were made, about " + estimate.path("filtered").asLong()
                    + " of them not sent (estimates: the table's statistics)");
        }
    }

    private static String percent(JsonNode rate) {
        return rate.isNumber()
                ? new BigDecimal(100 * rate.asDouble())
                                .round(new MathContext(2))
                                .stripTrailingZeros()
                                .toPlainString() + " %"
                : "unknown";
    }

    private static void kinds(JsonNode kinds, List<String> lines) {
        List<String> seen = new ArrayList<>();
        kinds.properties().forEach(kind -> {
            if (kind.getValue().asLong() > 0) {
                seen.add(kind.getKey() + " " + kind.getValue().asLong());
            }
        });
        if (!seen.isEmpty()) {
            lines.add("  kinds: " + String.join(", ", seen));
        }
    }

    private static void census(JsonNode status, List<String> lines) {
        JsonNode census = status.path("census");
        if (census.isObject()) {
            lines.add("  census of " + census.path("finished").asText() + ": "
                    + census.path("rows").asLong() + " rows, "
                    + census.path("mismatched").asLong() + " mismatched, "
                    + status.at("/rates/null/null_rows").asLong() + " of "
                    + status.at("/rates/null/rows").asLong() + " document values without a column value");
        }
    }

    private static void latency(JsonNode latency, List<String> lines) {
        if (latency.path("samples").asLong() > 0) {
            lines.add("  split writes converged: " + latency.path("samples").asLong() + ", p50 "
                    + latency.path("p50_seconds").asText() + " s, p99 "
                    + latency.path("p99_seconds").asText() + " s");
        }
    }
}
