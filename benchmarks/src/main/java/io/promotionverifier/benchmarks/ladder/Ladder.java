package io.promotionverifier.benchmarks.ladder;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Climbs the ladder: records a log, lets every contestant read it in turn, again and again. Confined to one thread. */
public final class Ladder {
    /** Two things that are no contestants and may be asked for like one. */
    private static final String LATENCY = "latency";

    private static final String CATCH_UP = "catch-up";

    private static final int TRANSACTIONS = 3_000;
    private static final int FEW_TRANSACTIONS = 500;
    private static final Duration SILENCE = Duration.ofSeconds(30);
    private static final Duration SHORT_SILENCE = Duration.ofSeconds(10);
    private static final Duration OUTAGE = Duration.ofSeconds(60);
    private static final Duration SHORT_OUTAGE = Duration.ofSeconds(15);
    private static final List<Contestant> COMPARED = List.of(Contestant.DEBEZIUM_TUNED, Contestant.VERIFIER);

    private final Plan plan;
    private final Consumer<String> say;

    /**
     * How much is measured.
     *
     * @param runs how often each contestant reads
     * @param rounds size of the log, in 200 row changes
     * @param full the other workloads too, and latency for longer
     * @param only the contestants by name, {@code latency}, {@code catch-up}; all if empty
     */
    public record Plan(int runs, int rounds, boolean full, List<String> only) {
        public Plan {
            only = List.copyOf(only);
        }
    }

    /** @param say is told what happens, a line at a time */
    public Ladder(Plan plan, Consumer<String> say) {
        this.plan = plan;
        this.say = say;
    }

    /** Climbs it; takes minutes. */
    public Results climb() throws IOException, SQLException, InterruptedException {
        Map<String, List<Lap>> laps = new LinkedHashMap<>();
        ObjectNode machine;
        Optional<Visibility.Seen> seen = Optional.empty();
        OptionalDouble suspectsShare = OptionalDouble.empty();
        Optional<CatchUp.Seen> caughtUp = Optional.empty();
        Path folder = Files.createTempDirectory("promotion-verifier-benchmarks-");
        try {
            try (Scene scene = record(folder, Workload.plain(plan.rounds()))) {
                machine = Machine.describe(scene.ask("SHOW server_version"));
                climb(scene, contestants(), laps);
                if (laps.containsKey(Contestant.SUSPECTS.title())) {
                    suspectsShare = OptionalDouble.of(scene.suspectsShare());
                }
                if (wants(CATCH_UP)) {
                    say.accept("an application writes while nobody reads, then the verifier catches up");
                    caughtUp = Optional.of(new CatchUp(scene).measure(plan.full() ? OUTAGE : SHORT_OUTAGE));
                }
                if (wants(LATENCY)) {
                    say.accept("latency at 50 transactions a second, then silence");
                    Visibility visibility = new Visibility(scene);
                    seen = Optional.of(
                            plan.full()
                                    ? visibility.measure(TRANSACTIONS, SILENCE)
                                    : visibility.measure(FEW_TRANSACTIONS, SHORT_SILENCE));
                }
            }
            if (plan.full() && plan.only().isEmpty()) {
                for (Workload other : Workload.others(plan.rounds())) {
                    try (Scene scene = record(folder, other)) {
                        climb(scene, COMPARED, laps);
                    }
                }
            }
        } finally {
            delete(folder);
        }
        return new Results(machine, plan.runs(), laps, seen, caughtUp, suspectsShare);
    }

    private boolean wants(String name) {
        return plan.only().isEmpty() || plan.only().contains(name);
    }

    private Scene record(Path folder, Workload workload) throws IOException, SQLException, InterruptedException {
        say.accept("recording " + workload.rows() + " row changes of the workload "
                + (workload.name().isEmpty() ? "plain" : workload.name()));
        Path own = Files.createTempDirectory(folder, "scene-");
        return Scene.record(own, workload);
    }

    private List<Contestant> contestants() {
        boolean receives = LapRunner.pgRecvlogical().isPresent();
        if (!receives) {
            say.accept("pg_recvlogical is not on the PATH and no part of the embedded PostgreSQL: left out");
        }
        return Arrays.stream(Contestant.values())
                .filter(each -> receives || each != Contestant.PG_RECVLOGICAL)
                .filter(each -> plan.only().isEmpty()
                        || plan.only().contains(each.title())
                        || (each == Contestant.VERIFIER && plan.only().contains(Contestant.REPLAY.title())))
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
    private void climb(Scene scene, List<Contestant> contestants, Map<String, List<Lap>> laps)
            throws IOException, SQLException, InterruptedException {
        LapRunner runner = new LapRunner(scene);
        String suffix =
                scene.workload().name().isEmpty() ? "" : "/" + scene.workload().name();
        for (int run = 0; run < plan.runs(); run++) {
            for (Contestant contestant : turn(contestants, run)) {
                Lap lap = runner.run(contestant);
                laps.computeIfAbsent(contestant.title() + suffix, first -> new ArrayList<>())
                        .add(lap);
                say.accept("%d/%d %-28s %,9.0f rows/s"
                        .formatted(
                                run + 1,
                                plan.runs(),
                                contestant.title() + suffix,
                                lap.pace().overall()));
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
