package io.promotionverifier.benchmarks.ladder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Climbs the ladder: records a log, lets every contestant read it in turn, again and again. Confined to one thread. */
public final class Ladder {
    /** Things that are no contestants and may be asked for like one. */
    private static final String LATENCY = "latency";

    private static final String CATCH_UP = "catch-up";
    private static final String CENSUS_LOAD = "census-load";
    private static final String START_UP = "start-up";
    private static final String SOAK = "soak";

    private static final Duration QUICK = Duration.ofSeconds(165);
    private static final Duration QUICK_AT_LEAST = Duration.ofSeconds(90);
    private static final int TRANSACTIONS = 3_000;
    private static final int FEW_TRANSACTIONS = 300;
    private static final Duration SILENCE = Duration.ofSeconds(30);
    private static final Duration SHORT_SILENCE = Duration.ofSeconds(5);
    private static final Duration OUTAGE = Duration.ofSeconds(60);
    private static final Duration SHORT_OUTAGE = Duration.ofSeconds(10);
    private static final Duration STEADY = Duration.ofSeconds(30);

    /** At twenty thousand changes a second longer than it takes to fill the heap of old objects. */
    private static final Duration LONG = Duration.ofMinutes(5);

    private static final List<Contestant> COMPARED = List.of(Contestant.DEBEZIUM_TUNED, Contestant.VERIFIER);
    private static final List<Contestant> REPLAYED =
            List.of(Contestant.DEBEZIUM_TUNED, Contestant.VERIFIER, Contestant.REPLAY);

    private final Plan plan;
    private final Consumer<String> say;
    private final Deadline deadline;
    private final Map<String, List<Lap>> laps = new LinkedHashMap<>();
    private Parts parts = Parts.NONE;
    private String postgres = "not started";

    /**
     * How much is measured.
     *
     * @param runs how often each contestant reads
     * @param rounds size of the log, in 200 row changes
     * @param tableRows size of the table that the census reads
     * @param full the other workloads too, and latency for longer
     * @param limit what would take longer is left out
     * @param only the contestants, workloads and {@code latency}, {@code catch-up}, {@code census-load},
     *     {@code start-up}, {@code soak} by name; all if empty
     */
    public record Plan(
            int runs, int rounds, long tableRows, boolean full, Optional<Duration> limit, List<String> only) {
        public Plan {
            only = List.copyOf(only);
        }

        boolean wants(String name) {
            return only.isEmpty() || only.contains(name);
        }
    }

    /** @param say is told what happens, a line at a time */
    public Ladder(Plan plan, Consumer<String> say) {
        this.plan = plan;
        this.say = say;
        this.deadline = new Deadline(plan.limit());
    }

    /**
     * How long a quick climb may take, so that all is done within three minutes. After a long build it gets what the
     * ratios need at least.
     *
     * @param waited what the build has taken
     */
    public static Duration quickLimit(Duration waited) {
        Duration left = QUICK.minus(waited);
        return left.compareTo(QUICK_AT_LEAST) < 0 ? QUICK_AT_LEAST : left;
    }

    /** Climbs it; takes minutes. */
    public Results climb() throws IOException, SQLException, InterruptedException {
        Path folder = Files.createTempDirectory("promotion-verifier-benchmarks-");
        try {
            List<Contestant> onTheLog = contestants(false);
            if (!contestants(true).isEmpty() || (plan.full() && plan.wants(CENSUS_LOAD))) {
                table(folder);
            }
            if (!onTheLog.isEmpty() || Stream.of(LATENCY, CATCH_UP, START_UP).anyMatch(plan::wants)) {
                try (Scene scene = record(folder, Workload.plain(plan.rounds()))) {
                    plain(scene, onTheLog);
                }
            }
            others(folder);
            soak(folder);
            return new Results(Machine.describe(postgres), plan.runs(), inOrder(), parts, deadline.elapsed());
        } finally {
            delete(folder);
        }
    }

    /** What the ratios need comes first, in case that there is no time for the rest. */
    private void plain(Scene scene, List<Contestant> contestants)
            throws IOException, SQLException, InterruptedException {
        boolean hurried = plan.limit().isPresent();
        LapRunner runner = new LapRunner(scene);
        climb(
                runner,
                contestants.stream()
                        .filter(each -> !hurried || each.isCompared())
                        .toList(),
                plan.runs());
        if (laps.containsKey(Contestant.SUSPECTS.title())) {
            parts = parts.withSuspectsShare(scene.suspectsShare());
        }
        Duration outage = plan.full() ? OUTAGE : SHORT_OUTAGE;
        if (plan.wants(CATCH_UP) && deadline.allows(outage.multipliedBy(3))) {
            say.accept("an application writes while nobody reads, then the verifier catches up");
            parts = parts.withCaughtUp(new CatchUp(scene).measure(outage));
        }
        if (plan.full() && plan.wants(START_UP)) {
            say.accept("a daemon starts, and somebody asks for the status");
            parts = parts.withStartUp(new StartUp(scene).measure());
        }
        Duration silence = plan.full() ? SILENCE : SHORT_SILENCE;
        if (plan.wants(LATENCY) && deadline.allows(silence.multipliedBy(6))) {
            say.accept("latency at 50 transactions a second, then silence");
            parts = parts.withLatency(
                    new Visibility(scene).measure(plan.full() ? TRANSACTIONS : FEW_TRANSACTIONS, silence));
        }
        if (hurried) {
            climb(
                    runner,
                    contestants.stream().filter(each -> !each.isCompared()).toList(),
                    plan.runs());
        }
    }

    /** The table as one statement and as the census reads it. */
    private void table(Path folder) throws IOException, SQLException, InterruptedException {
        say.accept("filling a table with " + plan.tableRows() + " rows");
        try (Scene scene = begun(Scene.table(Files.createTempDirectory(folder, "table-"), plan.tableRows()))) {
            climb(new LapRunner(scene), contestants(true), plan.runs());
            if (plan.full() && !contestants(true).isEmpty()) {
                say.accept("the rows that disagree are mended");
                scene.run(Workload.mend(), "VACUUM ANALYZE cases", "CHECKPOINT");
                climb(new LapRunner(scene, Workload.NO_MISMATCH), contestants(true), plan.runs());
            }
            if (plan.full() && plan.wants(CENSUS_LOAD)) {
                say.accept("an application writes beside a census");
                parts = parts.withCensusLoad(new CensusLoad(scene, plan.tableRows()).measure(STEADY));
            }
        }
    }

    private Scene begun(Scene scene) throws SQLException {
        postgres = scene.ask("SHOW server_version");
        return scene;
    }

    private void others(Path folder) throws IOException, SQLException, InterruptedException {
        for (Workload other : Workload.others(plan.rounds())) {
            if (plan.only().contains(other.name())
                    || (plan.full() && plan.only().isEmpty())) {
                try (Scene scene = record(folder, other)) {
                    boolean replayed = other.name().equals(Workload.BACKLOG);
                    climb(new LapRunner(scene), replayed ? REPLAYED : COMPARED, other.large() ? 1 : plan.runs());
                }
            }
        }
    }

    private void soak(Path folder) throws IOException, SQLException, InterruptedException {
        if (plan.full() && plan.wants(SOAK)) {
            try (Scene scene = record(folder, Workload.aSecond())) {
                say.accept("an application writes for " + LONG.toMinutes() + " minutes beside the verifier");
                parts = parts.withSoak(new Soak(scene).measure(LONG));
            }
        }
    }

    private Scene record(Path folder, Workload workload) throws IOException, SQLException, InterruptedException {
        say.accept("recording " + workload.rows() + " row changes of the workload "
                + (workload.name().isEmpty() ? "plain" : workload.name()));
        Path own = Files.createTempDirectory(folder, "scene-");
        return begun(Scene.record(own, workload));
    }

    private List<Contestant> contestants(boolean ofTheTable) {
        boolean receives = LapRunner.pgRecvlogical().isPresent();
        if (!receives && !ofTheTable) {
            say.accept("pg_recvlogical is not on the PATH and no part of the embedded PostgreSQL: left out");
        }
        return Arrays.stream(Contestant.values())
                .filter(each -> each.readsTheTable() == ofTheTable)
                .filter(each -> receives || each != Contestant.PG_RECVLOGICAL)
                .filter(each -> each.isWanted(plan.only()))
                .toList();
    }

    /** Each run begins with another; the replay comes behind the verifier that records what it reads. */
    private static List<Contestant> turn(List<Contestant> contestants, int run) {
        List<Contestant> turn = new ArrayList<>(contestants);
        Collections.rotate(turn, -run);
        if (turn.remove(Contestant.REPLAY)) {
            turn.add(turn.indexOf(Contestant.VERIFIER) + 1, Contestant.REPLAY);
        }
        return turn;
    }

    /** Each run begins with another contestant: who always follows a cold cache would be the slowest. */
    private void climb(LapRunner runner, List<Contestant> contestants, int runs)
            throws IOException, SQLException, InterruptedException {
        for (int run = 0; run < runs; run++) {
            for (Contestant contestant : turn(contestants, run)) {
                String title = contestant.title() + runner.suffix();
                if (!deadline.allowsLap()) {
                    say.accept(title + ": no time left");
                    continue;
                }
                Duration before = deadline.elapsed();
                Lap lap = runner.run(contestant);
                deadline.lapTook(deadline.elapsed().minus(before));
                laps.computeIfAbsent(title, first -> new ArrayList<>()).add(lap);
                say.accept("%d/%d %-28s %,9.0f rows/s"
                        .formatted(run + 1, runs, title, lap.pace().overall()));
            }
        }
    }

    /** The rungs from the lowest to the highest, then the other workloads as they came. */
    private Map<String, List<Lap>> inOrder() {
        Map<String, List<Lap>> ordered = new LinkedHashMap<>();
        for (Contestant contestant : Contestant.values()) {
            Optional.ofNullable(laps.get(contestant.title())).ifPresent(own -> ordered.put(contestant.title(), own));
        }
        laps.forEach(ordered::putIfAbsent);
        return ordered;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
