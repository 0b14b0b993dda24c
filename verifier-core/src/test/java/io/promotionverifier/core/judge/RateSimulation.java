package io.promotionverifier.core.judge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Plays windows of 30 days, and broken writers, against the test on the window rate: the tables and the plot of
 * docs/statistics.md. The seeds are fixed, so every run prints the same figures.
 *
 * <p>{@code main} prints the tables; given the folder of the pages it writes them and the plot there.
 */
final class RateSimulation {
    static final double P0 = 0.001;
    static final double ALPHA = 0.01;

    private static final SpentAlpha SPENT = new SpentAlpha(ALPHA, Duration.ofDays(30));
    private static final int HOURS = 720;
    private static final int WRITERS = 401;
    private static final long NEVER = 20_000_000;
    private static final long PLAIN_ROWS = 2_995;
    private static final String BEGIN = "<!-- simulation: begin -->\n";
    private static final String END = "<!-- simulation: end -->\n";

    private static final double[] RATES = {0.002, 0.003, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1};

    private RateSimulation() {}

    /**
     * What became of one window.
     *
     * @param sequential the sequential test raised an abort at some moment
     * @param plain the plain rate over all rows so far was above the limit at some moment, with 2,995 rows or more
     */
    record Window(boolean sequential, boolean plain) {}

    /** Rows until the next mismatch, that one included. */
    private static long nextMismatch(Random random, double rate) {
        return rate >= 1
                ? 1
                : 1 + (long) StrictMath.floor(StrictMath.log(1 - random.nextDouble()) / StrictMath.log(1 - rate));
    }

    /** A lone mismatch is never a rate. */
    private static double evidence(long x, long n) {
        return x < 2 ? 0 : SequentialTest.evidence(x, n, P0);
    }

    /** A window of 30 days at a true rate, looked at after every row. */
    static Window window(Random random, double rate, long rowsInHour) {
        long n = 0;
        long x = 0;
        long inHour = 0;
        long hour = 0;
        boolean sequential = false;
        boolean plain = false;
        while (true) {
            n += nextMismatch(random, rate);
            if (n > HOURS * rowsInHour) {
                return new Window(sequential, plain);
            }
            x++;
            inHour = (n - 1) / rowsInHour == hour ? inHour + 1 : 1;
            hour = (n - 1) / rowsInHour;
            plain |= n >= PLAIN_ROWS && x > P0 * n;
            sequential = sequential
                    || SPENT.isEnough(
                            SPENT.ofAll(evidence(x, n)) + SPENT.ofHour(evidence(inHour, n - hour * rowsInHour)));
        }
    }

    /** The rows of a broken writer until the abort, when so many good rows lie before, none of them in this hour. */
    static long caughtAfter(Random random, double rate, long goodRowsBefore) {
        long n = 0;
        for (long x = 1; n < NEVER; x++) {
            n += nextMismatch(random, rate);
            if (SPENT.isEnough(SPENT.ofAll(evidence(x, goodRowsBefore + n)) + SPENT.ofHour(evidence(x, n)))) {
                return n;
            }
        }
        return Long.MAX_VALUE;
    }

    /** The same with all of alpha on all rows: what the hours cost, and what they are for. */
    private static long caughtWithoutHours(Random random, double rate, long goodRowsBefore) {
        long n = 0;
        for (long x = 1; n < NEVER; x++) {
            n += nextMismatch(random, rate);
            if (evidence(x, goodRowsBefore + n) >= 1 / ALPHA) {
                return n;
            }
        }
        return Long.MAX_VALUE;
    }

    static long median(long[] rows) {
        long[] sorted = rows.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static long median(double rate, long goodRowsBefore) {
        Random random = new Random(7);
        long[] rows = new long[WRITERS];
        Arrays.setAll(rows, run -> caughtAfter(random, rate, goodRowsBefore));
        return median(rows);
    }

    private static long medianWithoutHours(double rate, long goodRowsBefore) {
        Random random = new Random(7);
        long[] rows = new long[WRITERS];
        Arrays.setAll(rows, run -> caughtWithoutHours(random, rate, goodRowsBefore));
        return median(rows);
    }

    /** Both tables, as the page shows them. */
    static String tables() {
        return BEGIN + falseAborts() + "\n" + rowsToAbort() + END;
    }

    private static String falseAborts() {
        StringBuilder table = new StringBuilder("""
                | true rate | rows an hour | windows | sequential test | plain rate |
                |---|---|---|---|---|
                """);
        double[][] cases = {{0.0005, 10, 1_500}, {0.0005, 300, 1_500}, {0.0005, 3_000, 300}, {0.001, 300, 1_500}};
        for (double[] each : cases) {
            table.append(falseAborts(each[0], (long) each[1], (int) each[2]));
        }
        return table.toString();
    }

    private static String falseAborts(double rate, long rowsInHour, int windows) {
        Random random = new Random(42);
        int sequential = 0;
        int plain = 0;
        for (int i = 0; i < windows; i++) {
            Window window = window(random, rate, rowsInHour);
            sequential += window.sequential() ? 1 : 0;
            plain += window.plain() ? 1 : 0;
        }
        return String.format(
                Locale.ROOT,
                "| %s | %,d | %,d | %.1f %% | %.1f %% |\n",
                percent(rate),
                rowsInHour,
                windows,
                100.0 * sequential / windows,
                100.0 * plain / windows);
    }

    private static String rowsToAbort() {
        StringBuilder table = new StringBuilder("""
                | broken writes | from the start | after 100 million good rows | all of alpha on all rows, from the start |
                |---|---|---|---|
                """);
        for (double rate : RATES) {
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %,d | %,d | %,d |\n",
                    percent(rate),
                    median(rate, 0),
                    median(rate, 100_000_000),
                    medianWithoutHours(rate, 0)));
        }
        return table.toString();
    }

    private static String percent(double rate) {
        return java.math.BigDecimal.valueOf(rate)
                        .movePointRight(2)
                        .stripTrailingZeros()
                        .toPlainString() + " %";
    }

    /** The medians as a plot. */
    static String plot() {
        List<LogPlot.Point> start = new ArrayList<>();
        List<LogPlot.Point> late = new ArrayList<>();
        for (double rate : RATES) {
            start.add(new LogPlot.Point(rate, median(rate, 0)));
            late.add(new LogPlot.Point(rate, median(rate, 100_000_000)));
        }
        return new LogPlot("Median rows of a broken writer until the abort (limit 0.1 %, alpha 1 %)")
                .line("after 100 million good rows", "#b35806", late)
                .line("from the start", "#1f5fa8", start)
                .svg();
    }

    /** The page with the tables in their place. */
    static String pageWith(String page, String tables) {
        int from = page.indexOf(BEGIN);
        int to = page.indexOf(END) + END.length();
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("the page has no place for the tables: " + BEGIN + END);
        }
        return page.substring(0, from) + tables + page.substring(to);
    }

    /**
     * Prints the tables.
     *
     * @param arguments the folder of the pages, if they are to be written there
     */
    public static void main(String[] arguments) throws IOException {
        String tables = tables();
        System.out.print(tables);
        if (arguments.length > 0) {
            Path docs = Path.of(arguments[0]);
            Path page = docs.resolve("statistics.md");
            Files.writeString(page, pageWith(Files.readString(page), tables));
            Files.createDirectories(docs.resolve("images"));
            Files.writeString(docs.resolve("images/rows-to-abort.svg"), plot());
        }
    }
}
