package io.promotionverifier.benchmarks.ladder;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The ladder as a picture: a bar for each contestant, dark for the whole, light for the second half. Who reads a table
 * is no rung of it: a hundred times as many rows a second would leave nothing to be seen of the others.
 */
public final class Plot {
    private static final int BAR = 22;
    private static final int LEFT = 190;
    private static final int WIDTH = 480;
    private static final int MARGIN = 80;

    private Plot() {}

    /** An SVG. */
    public static String of(Results results) {
        Map<String, List<Lap>> laps = new LinkedHashMap<>(results.laps());
        laps.keySet().removeIf(Plot::readsTheTable);
        double fastest = laps.values().stream().mapToDouble(Plot::longest).max().orElse(1);
        StringBuilder svg = new StringBuilder(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\" font-size=\"12\">\n"
                        .formatted(LEFT + WIDTH + MARGIN, (laps.size() + 1) * BAR));
        int y = BAR / 2;
        for (Map.Entry<String, List<Lap>> each : laps.entrySet()) {
            double overall = Results.overall(each.getValue()).median();
            svg.append("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>%n"
                    .formatted(LEFT - 8, y + 13, each.getKey()));
            svg.append(bar(y, longest(each.getValue()) / fastest, "#b8cfe5"));
            svg.append(bar(y, overall / fastest, "#2f6ea5"));
            svg.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%d\" y=\"%d\">%.1fk</text>%n",
                    LEFT + (int) (WIDTH * longest(each.getValue()) / fastest) + 6,
                    y + 13,
                    overall / 1000));
            y += BAR;
        }
        return svg.append("</svg>\n").toString();
    }

    private static boolean readsTheTable(String name) {
        return Stream.of(Contestant.values())
                .filter(Contestant::readsTheTable)
                .anyMatch(each -> name.equals(each.title()) || name.startsWith(each.title() + "/"));
    }

    private static double longest(List<Lap> laps) {
        double overall = Results.overall(laps).median();
        return Results.secondHalf(laps)
                .map(half -> Math.max(half.median(), overall))
                .orElse(overall);
    }

    private static String bar(int y, double share, String colour) {
        return "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>%n"
                .formatted(LEFT, y, (int) (WIDTH * share), BAR - 6, colour);
    }
}
