package io.promotionverifier.core.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A plot with two logarithmic axes as SVG: rates from 0.1 % to 100 % across, rows from 1 to 100,000 up. */
final class LogPlot {
    private static final int LEFT = 80;
    private static final int TOP = 50;
    private static final int WIDTH = 540;
    private static final int HEIGHT = 300;
    private static final int RATE_DECADES = 3;
    private static final int ROW_DECADES = 5;
    private static final int LEGEND_LEFT = LEFT + 300;
    private static final int LINE_STEP = 18;

    private final String title;
    private final List<String> lines = new ArrayList<>();

    LogPlot(String title) {
        this.title = title;
    }

    /** One measured point. */
    record Point(double rate, long rows) {
        String svg() {
            return String.format(Locale.ROOT, "%.1f,%.1f", x(rate), y((double) rows));
        }
    }

    private static double x(double rate) {
        return LEFT + WIDTH * (StrictMath.log10(rate) + RATE_DECADES) / RATE_DECADES;
    }

    private static double y(double rows) {
        return TOP + HEIGHT - HEIGHT * StrictMath.log10(rows) / ROW_DECADES;
    }

    /** Adds a line with its name. */
    LogPlot line(String name, String colour, List<Point> points) {
        int legend = TOP + LINE_STEP * (1 + lines.size() / 2);
        lines.add("<polyline fill=\"none\" stroke=\"" + colour + "\" stroke-width=\"2\" points=\""
                + String.join(" ", points.stream().map(Point::svg).toList()) + "\"/>");
        lines.add(text(LEGEND_LEFT, legend, "start", colour, name));
        return this;
    }

    private static String text(double x, double y, String anchor, String colour, String text) {
        return String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"%s\">%s</text>",
                x,
                y,
                anchor,
                colour,
                text);
    }

    private static String rule(double x1, double y1, double x2, double y2) {
        return String.format(Locale.ROOT, "<path d=\"M%.1f %.1fL%.1f %.1f\" stroke=\"#cccccc\"/>", x1, y1, x2, y2);
    }

    /** The whole plot. */
    String svg() {
        List<String> all = new ArrayList<>();
        all.add("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 640 420\" font-family=\"sans-serif\""
                + " font-size=\"12\">");
        all.add("<rect width=\"640\" height=\"420\" fill=\"#ffffff\"/>");
        all.add(text(LEFT, TOP - 20, "start", "#222222", title));
        for (int decade = 0; decade <= ROW_DECADES; decade++) {
            double rows = StrictMath.pow(10, decade);
            all.add(rule(LEFT, y(rows), LEFT + WIDTH, y(rows)));
            all.add(text(LEFT - 8, y(rows) + 4, "end", "#222222", String.format(Locale.ROOT, "%,d", (long) rows)));
        }
        for (int decade = 0; decade <= RATE_DECADES; decade++) {
            double rate = StrictMath.pow(10, decade - RATE_DECADES);
            all.add(rule(x(rate), TOP, x(rate), TOP + HEIGHT));
            all.add(text(
                    x(rate),
                    TOP + HEIGHT + LINE_STEP,
                    "middle",
                    "#222222",
                    List.of("0.1 %", "1 %", "10 %", "100 %").get(decade)));
        }
        all.add(text(LEFT + WIDTH / 2.0, TOP + HEIGHT + 2 * LINE_STEP, "middle", "#222222", "share of broken writes"));
        all.addAll(lines);
        all.add("</svg>");
        return String.join("\n", all) + "\n";
    }
}
