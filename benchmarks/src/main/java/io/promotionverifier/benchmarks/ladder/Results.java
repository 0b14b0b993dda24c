package io.promotionverifier.benchmarks.ladder;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the ladder saw. Ratios are taken within a run and then the median of them: two runs may have met two loads.
 *
 * @param machine where
 * @param runs how often each contestant read
 * @param laps by contestant, in the order of the ladder, one lap for each run
 * @param parts what else was measured
 * @param took how long all of it took
 */
public record Results(ObjectNode machine, int runs, Map<String, List<Lap>> laps, Parts parts, Duration took) {
    private static final String CEILING = Contestant.DEBEZIUM_TUNED.title();
    private static final String VERIFIER = Contestant.VERIFIER.title();
    private static final List<Comparison> COMPARISONS = List.of(
            new Comparison(
                    "verifier_to_debezium_noop_overall",
                    "Verifier to do-nothing Debezium, overall",
                    VERIFIER,
                    CEILING,
                    Results::whole),
            new Comparison(
                    "verifier_to_debezium_noop_second_half",
                    "Verifier to do-nothing Debezium, second half",
                    VERIFIER,
                    CEILING,
                    Results::half),
            new Comparison(
                    "suspects_to_debezium_noop",
                    "Suspects only to do-nothing Debezium",
                    Contestant.SUSPECTS.title(),
                    CEILING,
                    Results::whole),
            new Comparison(
                    "replay_to_live", "Replay to live, overall", Contestant.REPLAY.title(), VERIFIER, Results::whole),
            new Comparison(
                    "replay_to_live_second_half",
                    "Replay to live, second half",
                    Contestant.REPLAY.title(),
                    VERIFIER,
                    Results::half),
            new Comparison(
                    "replay_to_live_backlog",
                    "Replay to live, a backlog of hours",
                    Contestant.REPLAY.title() + "/" + Workload.BACKLOG,
                    VERIFIER + "/" + Workload.BACKLOG,
                    Results::whole),
            // Of times, not of rates: whoever takes longer has the larger figure.
            new Comparison(
                    "census_to_one_pass_sql",
                    "Time of the census without its rests to one pass of SQL",
                    Contestant.ONE_PASS_SQL.title(),
                    Contestant.CENSUS.title(),
                    Results::whole),
            new Comparison(
                    "census_to_one_pass_sql_no_mismatch",
                    "The same where no row disagrees",
                    Contestant.ONE_PASS_SQL.title() + "/" + Workload.NO_MISMATCH,
                    Contestant.CENSUS.title() + "/" + Workload.NO_MISMATCH,
                    Results::whole),
            new Comparison(
                    "census_to_one_pass_sql_parallel",
                    "The same to one pass by several processes",
                    Contestant.ONE_PASS_SQL_PARALLEL.title(),
                    Contestant.CENSUS.title(),
                    Results::whole));
    private static final String FURTHER_PROMOTION = "further_promotion_cost";
    private static final String FIFTH_MISMATCHED = "fifth_mismatched_cost";
    private static final double MEBI = 1024.0 * 1024;

    /**
     * What is held against what.
     *
     * @param name as the JSON calls it
     * @param words as people call it
     * @param above the contestant whose rate is divided
     * @param below the one by whose rate
     * @param figure the rate
     */
    private record Comparison(
            String name, String words, String above, String below, Function<Lap, OptionalDouble> figure) {}

    private static OptionalDouble whole(Lap lap) {
        return OptionalDouble.of(lap.pace().overall());
    }

    private static OptionalDouble half(Lap lap) {
        return lap.pace().secondHalf();
    }

    /** The shape that CONTRACT section 7 fixes; figures that were not measured are absent. */
    public ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("machine", machine);
        json.put("runs", runs);
        ArrayNode contestants = json.putArray("contestants");
        laps.forEach((name, each) -> contestants.add(contestant(name, each)));
        ObjectNode ratios = json.putObject("ratios");
        COMPARISONS.forEach(each -> ratio(each).ifPresent(spread -> put(ratios, each.name(), spread)));
        furtherPromotion().ifPresent(spread -> put(ratios, FURTHER_PROMOTION, spread));
        fifthMismatched().ifPresent(spread -> put(ratios, FIFTH_MISMATCHED, spread));
        parts.caughtUp().ifPresent(rates -> ratios.put("catch_up_to_write_rate", rates.ratio()));
        parts.suspectsShare().ifPresent(share -> ratios.put("suspects_bytes_to_all_bytes", share));
        parts.latency().ifPresent(figures -> {
            ObjectNode latency = json.putObject("latency");
            figures.p50Seconds().ifPresent(p50 -> latency.put("finding_visible_p50_seconds", p50));
            figures.p99Seconds().ifPresent(p99 -> latency.put("finding_visible_p99_seconds", p99));
            figures.loadedP99Seconds().ifPresent(loaded -> latency.put("finding_visible_loaded_p99_seconds", loaded));
            figures.loneSeconds().ifPresent(lone -> latency.put("finding_visible_lone_worst_seconds", lone));
            json.put("idle_cpu_cores", figures.idleCores());
        });
        parts.startUp().ifPresent(seen -> {
            json.put("run_streaming_seconds", seen.streamingSeconds().median());
            json.put("status_seconds", seen.statusSeconds().median());
        });
        parts.censusLoad().ifPresent(load -> censusLoad(json.putObject("census_load"), load));
        parts.soak().ifPresent(seen -> soak(json.putObject("soak"), seen));
        json.put("took_seconds", took.toSeconds());
        return json;
    }

    private static void censusLoad(ObjectNode node, CensusLoad.Seen load) {
        node.put("rows", load.rows()).put("census_seconds", load.censusSeconds());
        application(node.putObject("application_alone"), load.alone());
        application(node.putObject("application_beside_census"), load.besideCensus());
        application(node.putObject("application_beside_verifier"), load.besideVerifier());
    }

    private static void soak(ObjectNode node, Soak.Seen seen) {
        node.put("changes", seen.changes());
        seen.peakBytes().ifPresent(bytes -> node.put("peak_rss_bytes", bytes));
        ArrayNode minutes = node.putArray("rss_bytes_by_minute");
        seen.minuteBytes().forEach(minutes::add);
    }

    private static void application(ObjectNode node, SteadyApplication.Seen seen) {
        node.put("transactions", seen.transactions());
        node.put("p50_seconds", seen.p50Seconds()).put("p99_seconds", seen.p99Seconds());
    }

    private static void put(ObjectNode ratios, String name, Spread spread) {
        ratios.put(name, spread.median());
        ratios.putObject(name + "_spread").put("lowest", spread.lowest()).put("highest", spread.highest());
    }

    private static ObjectNode contestant(String name, List<Lap> laps) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("name", name);
        node.put("rows", laps.get(0).pace().rows());
        ObjectNode rate = node.putObject("rows_per_second");
        Spread overall = overall(laps);
        rate.put("overall", overall.median());
        secondHalf(laps).ifPresent(spread -> rate.put("second_half", spread.median()));
        node.putObject("spread").put("lowest", overall.lowest()).put("highest", overall.highest());
        ObjectNode cpu = node.putObject("cpu_seconds");
        for (String process : processes(laps)) {
            cpu.put(process, cpu(laps, process).median());
        }
        peak(laps).ifPresent(bytes -> node.put("peak_rss_bytes", bytes));
        historyBytes(laps).ifPresent(bytes -> node.put("history_bytes_per_change", bytes.median()));
        return node;
    }

    private static Iterable<String> processes(List<Lap> laps) {
        return new TreeSet<>(laps.get(0).cpuSeconds().keySet());
    }

    private static Spread cpu(List<Lap> laps, String process) {
        return Spread.of(laps.stream()
                .map(lap -> lap.cpuSeconds().getOrDefault(process, 0.0))
                .toList());
    }

    static Spread overall(List<Lap> laps) {
        return Spread.of(laps.stream().map(lap -> lap.pace().overall()).toList());
    }

    static Optional<Spread> secondHalf(List<Lap> laps) {
        List<Double> halves = laps.stream()
                .flatMap(lap -> lap.pace().secondHalf().stream().boxed())
                .toList();
        return halves.isEmpty() ? Optional.empty() : Optional.of(Spread.of(halves));
    }

    private static Optional<Long> peak(List<Lap> laps) {
        return laps.stream().flatMap(lap -> lap.peakBytes().stream().boxed()).max(Long::compare);
    }

    private Optional<Spread> ratio(Comparison comparison) {
        List<Lap> above = laps.getOrDefault(comparison.above(), List.of());
        List<Lap> below = laps.getOrDefault(comparison.below(), List.of());
        List<Double> ratios = new ArrayList<>();
        for (int run = 0; run < Math.min(above.size(), below.size()); run++) {
            OptionalDouble divided = comparison.figure().apply(above.get(run));
            OptionalDouble by = comparison.figure().apply(below.get(run));
            if (divided.isPresent() && by.isPresent()) {
                ratios.add(divided.getAsDouble() / by.getAsDouble());
            }
        }
        return ratios.isEmpty() ? Optional.empty() : Optional.of(Spread.of(ratios));
    }

    /** What each promotion beyond the first costs on the same log, as a share of the time. */
    private Optional<Spread> furtherPromotion() {
        List<Double> one = rates(VERIFIER);
        List<Double> all = rates(Contestant.VERIFIER_OF_ALL_COLUMNS.title());
        return costs(one, all, Workload.COLUMNS.size() - 1);
    }

    /** What mismatches cost, as a share of the time; these are two logs, so each is held against the ceiling on it. */
    private Optional<Spread> fifthMismatched() {
        return costs(toCeiling(Workload.NO_MISMATCH), toCeiling(Workload.FIFTH_MISMATCHED), 1);
    }

    private static Optional<Spread> costs(List<Double> light, List<Double> heavy, int parts) {
        List<Double> costs = new ArrayList<>();
        for (int run = 0; run < Math.min(heavy.size(), light.size()); run++) {
            costs.add((light.get(run) / heavy.get(run) - 1) / parts);
        }
        return costs.isEmpty() ? Optional.empty() : Optional.of(Spread.of(costs));
    }

    private List<Double> rates(String contestant) {
        return laps.getOrDefault(contestant, List.of()).stream()
                .map(lap -> lap.pace().overall())
                .toList();
    }

    private List<Double> toCeiling(String workload) {
        List<Double> verifier = rates(VERIFIER + "/" + workload);
        List<Double> ceiling = rates(CEILING + "/" + workload);
        List<Double> ratios = new ArrayList<>();
        for (int run = 0; run < Math.min(verifier.size(), ceiling.size()); run++) {
            ratios.add(verifier.get(run) / ceiling.get(run));
        }
        return ratios;
    }

    private static Optional<Spread> historyBytes(List<Lap> laps) {
        List<Double> bytes = laps.stream()
                .filter(lap -> lap.historyBytes().isPresent())
                .map(lap -> (double) lap.historyBytes().getAsLong() / lap.pace().rows())
                .toList();
        return bytes.isEmpty() ? Optional.empty() : Optional.of(Spread.of(bytes));
    }

    /** The same for people. */
    public String table() {
        StringBuilder text = new StringBuilder("%-28s %9s %19s %9s %8s %8s %8s %8s%n"
                .formatted("", "rows/s", "lowest..highest", "2nd half", "CPU s", "sender", "broker", "peak MB"));
        laps.forEach((name, each) -> {
            Spread overall = overall(each);
            text.append("%-28s %,9.0f %,9.0f..%,8.0f %9s %8.1f %8.1f %8.1f %8s%n"
                    .formatted(
                            name,
                            overall.median(),
                            overall.lowest(),
                            overall.highest(),
                            secondHalf(each)
                                    .map(half -> "%,.0f".formatted(half.median()))
                                    .orElse("-"),
                            cpu(each, "client").median(),
                            cpu(each, "walsender").median(),
                            cpu(each, "broker").median(),
                            peak(each)
                                    .map(bytes -> "%.0f".formatted(bytes / MEBI))
                                    .orElse("-")));
        });
        COMPARISONS.forEach(each -> ratio(each).ifPresent(spread -> text.append(sentence(each.words(), spread))));
        laps.forEach((name, each) -> historyBytes(each)
                .ifPresent(bytes -> text.append(sentence("History of " + name + ", bytes a change", bytes))));
        furtherPromotion()
                .ifPresent(
                        spread -> text.append(sentence("Time that each further promotion of a table costs", spread)));
        fifthMismatched().ifPresent(spread -> text.append(sentence("Time that 20 % mismatches cost", spread)));
        parts.caughtUp()
                .ifPresent(
                        rates -> text.append("Catch-up: %,.0f rows/s read of what was written at %,.0f rows/s: %.1f%n"
                                .formatted(rates.read(), rates.written(), rates.ratio())));
        parts.suspectsShare()
                .ifPresent(share -> text.append("Bytes of suspects to all bytes: %.5f%n".formatted(share)));
        parts.latency()
                .ifPresent(figures -> text.append(
                        "Commit to visible finding: p50 %.1f ms, p99 %.1f ms; beside a busy application p99 %.1f ms; alone at worst %.1f ms. Idle: %.3f cores.%n"
                                .formatted(
                                        figures.p50Seconds().orElse(Double.NaN) * 1e3,
                                        figures.p99Seconds().orElse(Double.NaN) * 1e3,
                                        figures.loadedP99Seconds().orElse(Double.NaN) * 1e3,
                                        figures.loneSeconds().orElse(Double.NaN) * 1e3,
                                        figures.idleCores())));
        parts.startUp().ifPresent(seen -> {
            text.append(sentence("Seconds until a daemon that starts has read on", seen.streamingSeconds()));
            text.append(sentence("Seconds that status takes", seen.statusSeconds()));
        });
        parts.censusLoad()
                .ifPresent(load -> text.append(
                        "Beside an application, p99 of its transactions: alone %.1f ms, beside a census (%.1f s for %,d rows) %.1f ms, beside the verifier %.1f ms.%n"
                                .formatted(
                                        load.alone().p99Seconds() * 1e3,
                                        load.censusSeconds(),
                                        load.rows(),
                                        load.besideCensus().p99Seconds() * 1e3,
                                        load.besideVerifier().p99Seconds() * 1e3)));
        parts.soak()
                .ifPresent(seen -> text.append("Soak: %,d changes, at most %.0f MB; at the end of each minute %s.%n"
                        .formatted(
                                seen.changes(),
                                seen.peakBytes().orElse(0) / MEBI,
                                seen.minuteBytes().stream()
                                        .map(bytes -> "%.0f".formatted(bytes / MEBI))
                                        .collect(Collectors.joining(", ")))));
        text.append("All of it took %,d s.%n".formatted(took.toSeconds()));
        return text.append(machine).toString();
    }

    private static String sentence(String what, Spread spread) {
        return "%s: %.3f (%.3f..%.3f)%n".formatted(what, spread.median(), spread.lowest(), spread.highest());
    }
}
