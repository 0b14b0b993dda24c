package io.promotionverifier.app.command;

import io.promotionverifier.core.gate.Check;
import io.promotionverifier.core.gate.Figure;
import io.promotionverifier.core.gate.GateReport;
import io.promotionverifier.core.pipeline.GateOverride;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The gate's answer for people: what keeps it closed is seen first. */
final class GateText {
    private GateText() {}

    static List<String> lines(GateReport report) {
        List<String> lines = new ArrayList<>();
        lines.add(report.promotion() + " to " + report.to() + ": "
                + (report.standing().isOpen() ? "PASS" : "FAIL") + why(report.standing()));
        for (Check check : report.checks()) {
            lines.add(String.format(
                    "  %-7s  %-20s  %s%s",
                    check.result(), check.name(), figures(check.observed(), check.required()), check.detail()));
        }
        report.override().ifPresent(override -> lines.add(line(override)));
        return lines;
    }

    private static String why(GateReport.Standing standing) {
        return switch (standing) {
            case OPEN, CLOSED -> "";
            case OVERRIDDEN -> " (overridden)";
            case UNKNOWN -> " (not enough evidence)";
            case ABORTED -> " (an abort is active)";
        };
    }

    private static String line(GateOverride override) {
        return "  override of " + override.ordered() + " by " + override.by() + " for "
                + String.join(", ", override.checks()) + ": " + override.reason();
    }

    private static String figures(Optional<Figure> observed, Optional<Figure> required) {
        String seen = observed.map(GateText::text).orElse("unknown");
        return required.map(asked -> seen + " (required: " + text(asked) + "); ")
                .orElse(seen + "; ");
    }

    private static String text(Figure figure) {
        if (figure instanceof Figure.Share share) {
            return BigDecimal.valueOf(share.value())
                            .movePointRight(2)
                            .round(new MathContext(3))
                            .stripTrailingZeros()
                            .toPlainString()
                    + " %";
        }
        if (figure instanceof Figure.Span span) {
            return text(span.value());
        }
        if (figure instanceof Figure.Count count) {
            return String.valueOf(count.value());
        }
        return ((Figure.Words) figure).value();
    }

    private static String text(Duration span) {
        if (span.toDays() >= 2) {
            return span.toDays() + " d";
        }
        return span.toHours() >= 2 ? span.toHours() + " h" : span.toSeconds() + " s";
    }
}
